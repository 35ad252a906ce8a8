import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, openCall } from '../../support/call.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const slowReaders = 100;
const mostBytesPerReader = 256 * 1024;
/** Gigabytes go through kernel buffers first, which takes a busy machine minutes. */
const slowTestMs = 180_000;
const collectedWithinMs = 30_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

/** Resident memory of the worker, in bytes. */
function residentBytes(): number {
  const { pid } = stack.worker();
  const kibibytes =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kibibytes) * 1024;
}

test(
  'a slow reader holds at most 256 KiB in the worker',
  async () => {
    const headers = anthropicHeaders(stack);
    const ordinary = messages({ chunks: 50, textBytes: 2_000 }, { stream: true });
    const ordinaryLoad = () =>
      Promise.all(
        Array.from({ length: slowReaders }, () => call(`${stack.url}/v1/messages`, { headers, body: ordinary })),
      );
    // The heap finds its size under ordinary load first.
    for (let round = 0; round < 3; round++) await ordinaryLoad();
    const before = residentBytes();
    const body = messages({ chunks: 2_000, textBytes: 16_000 }, { stream: true, max_tokens: 100_000 });
    const readers = Array.from({ length: slowReaders }, () => openCall(`${stack.url}/v1/messages`, { headers, body }));
    await Promise.all(
      readers.map(async (reader) => {
        await reader.head;
        reader.pause();
      }),
    );
    // Until every upstream has come to a stop.
    const slow = stack.upstream.requests.slice(-slowReaders);
    const emitted = () => slow.reduce((sum, request) => sum + request.bytesEmitted, 0);
    for (let last = -1; last !== emitted(); ) {
      last = emitted();
      await sleep(500);
    }
    // 32 MB a stream lie somewhere: the kernel may hold all of one (its buffers grow), this process must not. What it has let go
    // of it does not hold either: ordinary load has that collected.
    const held = async () => {
      await ordinaryLoad();
      return (residentBytes() - before) / slowReaders;
    };
    await expect.poll(held, { timeout: collectedWithinMs }).toBeLessThan(mostBytesPerReader);
    for (const reader of readers) reader.leave();
  },
  slowTestMs,
);

test('a client that leaves frees its upstream', async () => {
  stack.upstream.clear();
  const body = messages({ chunks: 100_000, gapMs: 20 }, { stream: true, max_tokens: 200_000 });
  const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  await expect.poll(() => open.received().length, { timeout: 20_000 }).toBeGreaterThan(0);
  open.leave();
  await expect.poll(() => stack.upstream.requests[0]?.isClosedEarly, { timeout: 30_000 }).toBe(true);
  await stack.atRest();
});
