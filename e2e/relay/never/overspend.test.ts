import { afterEach, expect, test } from 'vitest';
import { type Answer, call } from '../../support/call.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const requests = 1_000;
const affordable = 10;
/** Each request costs exactly this many plan tokens: its output is the only thing that costs, and it is used up whole. */
const tokensPerRequest = 100;

let stack: Stack;
afterEach(() => stack.stop());

test.each([true, false])(
  'of 1,000 concurrent requests on a balance good for 10, exactly 10 reach the upstream (stream %s)',
  async (stream) => {
    stack = await startStack({ grantTokens: affordable * tokensPerRequest });
    const body = messages(
      { chunks: tokensPerRequest, hold: 'gate', holdAfter: 0, inputTokens: 0 },
      { model: 'exact-test', max_tokens: tokensPerRequest, stream },
    );
    const answers: Answer[] = [];
    const all = Array.from({ length: requests }, () =>
      call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body }).then((answer) =>
        answers.push(answer),
      ),
    );
    await expect.poll(() => answers.length, { timeout: 40_000 }).toBe(requests - affordable);
    expect(answers.map((answer) => answer.status)).toEqual(Array(requests - affordable).fill(402));
    expect(stack.upstream.requests).toHaveLength(affordable);
    const { postedNanoUsd, availableNanoUsd } = await stack.balance();
    expect(postedNanoUsd).toBe(BigInt(affordable * tokensPerRequest) * 1_000n);
    expect(availableNanoUsd).toBe(0n);
    // The balance would do once the ten are done, so every refusal says when to come back.
    for (const { headers } of answers) expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    stack.upstream.release('gate');
    await Promise.all(all);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(affordable);
    expect(stack.upstream.requests).toHaveLength(affordable);
    expect((await stack.atRest()).postedNanoUsd).toBe(0n);
    const after = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
    expect([after.status, after.headers['x-should-retry']]).toEqual([402, 'false']);
  },
);

test('a stream whose balance is used up ends with an error event at the last chunk paid for', async () => {
  stack = await startStack({ grantTokens: 3_000 });
  const body = messages({ chunks: 6_000, inputTokens: 0 }, { model: 'exact-test', max_tokens: 10_000, stream: true });
  const answer = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  const events = answer.body.toString().trim().split('\n\n');
  expect(events.at(-1)).toMatch(/^event: error\n/);
  expect(events.at(-1)).toContain('insufficient_balance');
  const { postedNanoUsd } = await stack.atRest();
  expect(postedNanoUsd).toBeGreaterThanOrEqual(0n);
  const [overrun] = await stack.database.query<{ total: bigint }>(
    `SELECT coalesce(sum(amount_nano_usd), 0)::bigint AS total FROM ledger_entry WHERE kind = 'overrun'`,
  );
  expect(overrun?.total).toBe(0n);
});
