import { type FakeUpstream, type Script, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { channelsAt, organization } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { giveOwnKey } from '../support/own-keys.ts';
import { earnRetries } from '../support/pairs.ts';
import { expectedCharge } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const ownSecret = 'ab-imported-cost-own-key-0001';
const halfSecret = 'ab-imported-cost-half-key-0001';
let stack: Stack;
let second: FakeUpstream;
beforeAll(async () => {
  second = await startFakeUpstream();
  stack = await startStack({
    environment: { ANTHROPIC_BASE_URL: second.url },
    config: (config, first) => ({
      ...config,
      groups: [{ id: 'half', multiplier: '0.5' }],
      channels: [
        { ...channelsAt(first.url, '-cheap')[0]!, priority: 1, costBasisPoints: 6_000, groups: ['default', 'half'] },
        { ...channelsAt(second.url, '-dear')[0]!, priority: 2, costBasisPoints: 20_000, groups: ['default', 'half'] },
        channelsAt(first.url)[1]!,
      ],
      organizations: [
        ...config.organizations,
        organization('own', 0, { secret: ownSecret }),
        organization('half', 1_000_000_000, { secret: halfSecret, group: 'half' }),
      ],
    }),
  });
  await earnRetries(stack, 40);
});
afterAll(async () => {
  await second.stop();
  await stack.stop();
});
beforeEach(() => {
  stack.upstream.behave({});
  second.behave({});
});

/** Asks, and reads what was recorded of it. */
async function ask(model: string, script: Partial<Script> & { readonly stream?: boolean } = {}, key = stack.key) {
  const { stream = false, ...how } = script;
  const body = { model, max_tokens: 50, stream, messages: [{ role: 'user', content: `hello ${sim(how)}` }] };
  const headers = { authorization: `Bearer ${key}` };
  const answer = await call(`${stack.url}/v1/messages`, { headers, body });
  return eventually(
    async () => {
      const [row] = await stack.database.query<{ charge: bigint; cost: bigint | null }>(
        'SELECT charge_nano_usd AS charge, cost_nano_usd AS cost FROM usage_record WHERE id = $1',
        [String(answer.headers['x-request-id'])],
      );
      return row;
    },
    { withinMs: 5_000, what: () => `nothing was recorded: ${answer.status}` },
  );
}

const used = { input: 10, output: 5 };
const list = expectedCharge('claude-test', used);

test('a request costs its channel’s share of list price, passed through and converted, whatever its group pays', async () => {
  expect(await ask('claude-test')).toEqual({ charge: list, cost: (list * 6n) / 10n });
  expect(await ask('claude-test', { stream: true })).toEqual({ charge: list, cost: (list * 6n) / 10n });
  expect(await ask('claude-test', {}, halfSecret)).toEqual({ charge: list / 2n, cost: (list * 6n) / 10n });
  const other = expectedCharge('gpt-test', used);
  expect(await ask('gpt-test')).toEqual({ charge: other, cost: other });
});

test('an attempt that failed and told what it had used is paid for beside the one that answered', async () => {
  // Anthropic tells the prompt's tokens before any content; then comes an error instead of it.
  const events = [
    { type: 'message_start', message: { type: 'message', usage: { input_tokens: 1_000, output_tokens: 1 } } },
    { type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } },
  ];
  const rawBody = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  stack.upstream.behave({ rawBody, rawType: 'text/event-stream' });
  const failed = (expectedCharge('claude-test', { input: 1_000, output: 1 }) * 6n) / 10n;
  expect(await ask('claude-test', { stream: true })).toEqual({ charge: list, cost: list * 2n + failed });
});

test('an attempt that told nothing, and a request that no channel answered, cost nothing', async () => {
  stack.upstream.behave({ status: 500 });
  expect(await ask('claude-test')).toEqual({ charge: list, cost: list * 2n });
  second.behave({ status: 500 });
  expect(await ask('claude-test')).toEqual({ charge: 0n, cost: 0n });
});

test('a customer’s own key costs the house nothing, and what a day’s requests cost is the sum of what each did', async () => {
  await giveOwnKey(stack, { of: 'own', preset: 'anthropic', credential: 'CANARY-OWN-CREDENTIAL' });
  await expect.poll(() => ask('claude-test', {}, ownSecret), { timeout: 5_000 }).toEqual({ charge: 0n, cost: 0n });
  expect(second.requests.at(-1)?.headers['x-api-key']).toBe('CANARY-OWN-CREDENTIAL');
  await stack.atRest();
  const sums = (table: string, model: string) =>
    stack.database.query<{ model: string; charge: bigint; cost: bigint }>(
      `SELECT ${model} AS model, sum(charge_nano_usd)::bigint AS charge, sum(cost_nano_usd)::bigint AS cost
       FROM ${table} GROUP BY 1 HAVING sum(charge_nano_usd) > 0 ORDER BY 1`,
    );
  const ofRecords = await sums('usage_record', 'model_used');
  expect(ofRecords.map(({ model }) => model)).toEqual(['claude-test', 'gpt-test']);
  expect(await sums('usage_daily', 'model')).toEqual(ofRecords);
});
