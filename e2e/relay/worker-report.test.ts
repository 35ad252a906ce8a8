import { listWorkers, readRequestMinutes } from '@ai-bridge/usage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ environment: { DRAIN_SECONDS: '20' } });
});
afterAll(() => stack.stop());

const withinMs = 15_000;
const url = () => `${stack.url}/v1/messages`;
const worker = async () => (await listWorkers(stack.database))[0];
/** Waits until the worker has told of it. */
const told = <Result>(what: string, check: () => Promise<Result | false | undefined>) =>
  eventually(check, { withinMs, what: () => `it is not told that ${what}` });

test('a worker tells what it has under way and how requests ended, that it drains while a stream is open, and that it has stopped', async () => {
  const body = messages({ chunks: 10, hold: 'long', holdAfter: 5 }, { stream: true });
  const open = openCall(url(), { headers: anthropicHeaders(stack), body });
  await expect.poll(() => stack.upstream.waiting('long')).toBe(1);
  for (let index = 0; index < 3; index++) await call(url(), { headers: anthropicHeaders(stack), body: messages() });
  expect((await call(url(), { headers: { 'x-api-key': 'ab-nobody' }, body: messages() })).status).toBe(401);

  await told('a stream is open and the others ended', async () => {
    const minutes = await readRequestMinutes(stack.database, 60);
    const sum = (of: 'requests' | 'succeeded' | 'refused') => minutes.reduce((total, minute) => total + minute[of], 0);
    const report = (await worker())?.report;
    return (
      sum('requests') === 5 && sum('succeeded') === 3 && sum('refused') === 1 && report?.requestsOpen === 1 && report
    );
  });
  expect(await worker()).toMatchObject({
    state: 'serving',
    address: `127.0.0.1:${stack.environment['WORKER_PORT']}`,
    report: { attemptsOpen: 1, journalState: 'open', redis: 'unused', deadLetters: 0 },
  });
  expect((await worker())?.report?.version).toMatch(/^\d+\.\d+\.\d+ \(Node \d+/);
  await told('all but the stream is settled', async () => (await worker())?.report?.unsettled === 0);

  const ended = stack.worker().end('SIGTERM');
  await told('it drains', async () => (await worker())?.state === 'draining');
  stack.upstream.release('long');
  expect((await open.whole).toString()).toContain('message_stop');
  await ended;
  expect(await worker()).toMatchObject({ state: 'stopped' });
});
