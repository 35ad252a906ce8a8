import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenCall, openCall } from '../../support/call.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { expectedCharge } from '../../support/receipt.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const rounds = Number(process.env.KILL_ROUNDS ?? 5);
const streamsPerRound = 20;
const longestLifeMs = 3_000;
/** Open streams checkpoint every second; one that delivered for this long has surely done so. */
const surelyCheckpointedMs = 2_000;

interface OpenStream {
  /** Prompt tokens that the upstream reports: unique, so it names the stream in every log. */
  readonly inputTokens: number;
  readonly open: OpenCall;
  firstContentAt: number | undefined;
}

interface UsageRow {
  readonly id: string;
  readonly outcome: string;
  readonly input: bigint | null;
  readonly output: bigint | null;
  readonly chargeNanoUsd: bigint;
}

let stack: Stack;
let nextInputTokens = 1_000;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

function openStream(): OpenStream {
  const inputTokens = nextInputTokens++;
  const chunks = 20 + Math.floor(Math.random() * 300);
  const gapMs = 2 + Math.floor(Math.random() * 15);
  const open = openCall(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: messages({ chunks, gapMs, inputTokens }, { stream: true }),
  });
  const stream: OpenStream = { inputTokens, open, firstContentAt: undefined };
  open.onData(() => {
    if (stream.firstContentAt === undefined && hasContent(open)) stream.firstContentAt = performance.now();
  });
  return stream;
}

const hasContent = (open: OpenCall) => open.received().includes('"text_delta"');
const isWhole = (open: OpenCall) => open.received().toString().endsWith('data: {"type":"message_stop"}\n\n');

async function usageRows(): Promise<Map<number, UsageRow>> {
  const rows = await stack.database.query<UsageRow>(
    `SELECT id, outcome, input, output, charge_nano_usd AS "chargeNanoUsd" FROM usage_record WHERE input IS NOT NULL`,
  );
  return new Map(rows.map((row) => [Number(row.input), row]));
}

/** What one stream's client, upstream and bill say must agree, whenever the worker died. */
function compare(stream: OpenStream, row: UsageRow | undefined, killedAt: number): void {
  const emitted = stack.upstream.requests.find((request) => request.script.inputTokens === stream.inputTokens);
  const name = `stream ${stream.inputTokens}`;
  if (isWhole(stream.open)) {
    // The terminal bytes go out only once the outcome is in the journal.
    expect(row, name).toMatchObject({ outcome: 'completed', output: BigInt(emitted!.script.chunks) });
  }
  if (row) {
    expect(Number(row.output), name).toBeLessThanOrEqual(emitted!.tokensEmitted);
    const truth = expectedCharge('claude-test', { input: stream.inputTokens, output: Number(row.output) });
    expect(row.chargeNanoUsd, name).toBe(truth);
    expect(['completed', 'interrupted', 'upstream_broke'], name).toContain(row.outcome);
  }
  const age = stream.firstContentAt === undefined ? 0 : killedAt - stream.firstContentAt;
  if (age > surelyCheckpointedMs) expect(row?.chargeNanoUsd ?? 0n, name).toBeGreaterThan(0n);
}

test(
  `a kill -9 at a random moment loses and invents nothing, ${rounds} rounds with ${streamsPerRound} open streams`,
  async () => {
    for (let round = 0; round < rounds; round++) {
      const before = (await stack.balance()).postedNanoUsd;
      const knownRows = await usageRows();
      const streams = Array.from({ length: streamsPerRound }, openStream);
      await sleep(Math.random() * longestLifeMs);
      const killedAt = performance.now();
      await stack.kill9();
      await Promise.allSettled(streams.map((stream) => stream.open.whole));
      await stack.restart();
      const after = (await stack.atRest()).postedNanoUsd;
      const rows = await usageRows();
      for (const stream of streams) compare(stream, rows.get(stream.inputTokens), killedAt);
      const charged = [...rows.values()]
        .filter((row) => !knownRows.has(Number(row.input)))
        .reduce((sum, row) => sum + row.chargeNanoUsd, 0n);
      expect(before - after).toBe(charged);
    }
  },
  rounds * 30_000,
);

test('a second restart changes nothing: replay is a no-op', async () => {
  const before = (await stack.atRest()).postedNanoUsd;
  const rows = await usageRows();
  await stack.kill9();
  await stack.restart();
  expect((await stack.atRest()).postedNanoUsd).toBe(before);
  expect(await usageRows()).toEqual(rows);
});
