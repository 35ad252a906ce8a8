import { charge, type Price, parseUsd } from '@ai-bridge/domain';
import { sim, type UsageScript } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { anthropicHeaders, bearer, chat, messages } from '../support/prompts.ts';
import { newestReceipt, type Receipt } from '../support/receipt.ts';
import { sdkClient } from '../support/sdk-clients.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { onlyPrice, protocols, type SpokenProtocol, spoken, withOneProtocolEach } from '../support/upstreams.ts';

/** What every model of these tests asks beside its tokens; `batch` and `flex` have the default. */
const fees = { perRequest: 0.000001, webSearch: 0.014, rates: { priority: 175, fast: 200, us: 115 } };
const granted = 10_000_000_000n;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    grantTokens: Number(granted / 1_000n),
    config: (config, upstream) => {
      const spoken = withOneProtocolEach(config, upstream.url);
      return { ...spoken, models: spoken.models.map((model) => ({ ...model, price: { ...model.price, ...fees } })) };
    },
  });
});
afterAll(() => stack.stop());
let startedAtMs = 0;
beforeEach(() => {
  startedAtMs = Date.now();
});

/** The price that the file gives, put together here. */
const price: Price = {
  ...{ id: '', modelId: '', version: 1, tiers: [], requestFee: 1_000n, webSearch: 14_000_000n },
  ratePercents: fees.rates,
  ...(Object.fromEntries(Object.entries(onlyPrice).map(([kind, usd]) => [kind, parseUsd(usd, 6)])) as Pick<
    Price,
    'input' | 'output'
  >),
};

/** How each upstream says what it answered at, and what a receipt makes of it. */
const said: Record<SpokenProtocol, { usage: UsageScript; rates: readonly string[]; hasSearches: boolean }> = {
  'anthropic-messages': { usage: { speed: 'fast', geo: 'us' }, rates: ['fast', 'us'], hasSearches: true },
  'openai-chat': { usage: { tier: 'flex' }, rates: ['flex'], hasSearches: false },
  'openai-responses': { usage: { tier: 'fast' }, rates: ['priority'], hasSearches: true },
  gemini: { usage: { tier: 'priority' }, rates: ['priority'], hasSearches: true },
};

type FullReceipt = Receipt & {
  readonly price: Record<string, unknown>;
  readonly protocol: { readonly client: string };
};

const newest = async () => (await newestReceipt(stack, startedAtMs)) as FullReceipt;

const ways = protocols.flatMap((client) =>
  protocols.flatMap((upstream) => [true, false].map((stream) => [client, upstream, stream] as const)),
);

test.each(ways)(
  'a client of %s on an upstream of %s (stream: %s) pays searches and rate, to the nano',
  async (client, upstream, stream) => {
    const { usage, rates, hasSearches } = said[upstream];
    const before = (await stack.balance()).postedNanoUsd;
    const prompt = sim({ chunks: 3, inputTokens: 101, usage: { ...usage, cacheRead: 7, output: 13, webSearches: 3 } });
    await sdkClient(client, stack).ask({ model: spoken[upstream], stream, prompt });
    const receipt = await newest();
    expect(receipt).toMatchObject({
      protocol: { client, upstream },
      usage: { input: 101, cacheRead: 7, output: 13, webSearches: hasSearches ? 3 : null, rates },
      price: {
        webSearch: '14000000',
        requestFee: '1000',
        ratePercents: { batch: 50, flex: 50, priority: 175, fast: 200, us: 115 },
      },
    });
    const tokens = 101n * 1_000n + 7n * 100n + 13n * 10_000n;
    const percents = rates.map((rate) => BigInt({ flex: 50, priority: 175, fast: 200, us: 115 }[rate] ?? 0));
    const at = percents.reduce((product, percent) => product * percent, tokens);
    const scale = 100n ** BigInt(percents.length);
    const paid = (at + scale - 1n) / scale + (hasSearches ? 42_000_000n : 0n) + 1_000n;
    expect(BigInt(receipt.chargeNanoUsd)).toBe(paid);
    // The receipt and the money are one transaction's.
    expect(before - (await stack.balance()).postedNanoUsd).toBe(paid);
  },
);

test('what all of it cost has left the balance, and the books are sound', async () => {
  const [row] = await stack.database.query<{ charged: bigint }>(
    'SELECT sum(charge_nano_usd)::bigint AS charged FROM usage_record',
  );
  expect(granted - (await stack.atRest()).postedNanoUsd).toBe(row?.charged);
});

test('an upstream that answers at its standard is charged at the standard, whatever was asked for', async () => {
  const body = { ...chat({ chunks: 2, inputTokens: 10 }), model: spoken['openai-chat'], service_tier: 'priority' };
  await call(`${stack.url}/v1/chat/completions`, { headers: bearer(stack), body });
  const receipt = await newest();
  expect(receipt.usage).toMatchObject({ webSearches: null, rates: [] });
  expect(BigInt(receipt.chargeNanoUsd)).toBe(charge({ input: 10, output: 2 }, price));
});

test('a client is told the searches and the tier in its own words', async () => {
  const usage = { tier: 'priority', webSearches: 2 };
  const asked = messages({ chunks: 1, usage }, { model: spoken['openai-responses'] });
  const message = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body: asked });
  expect(message.json<{ usage: unknown }>().usage).toMatchObject({
    server_tool_use: { web_search_requests: 2 },
    service_tier: 'priority',
  });
  const input = sim({ chunks: 1, usage });
  const body = { model: spoken['anthropic-messages'], input };
  const response = await call(`${stack.url}/v1/responses`, { headers: bearer(stack), body });
  expect(response.json()).toMatchObject({ service_tier: 'priority', tool_usage: { web_search: { num_requests: 2 } } });
  const completion = await call(`${stack.url}/v1/chat/completions`, {
    headers: bearer(stack),
    body: chat({ chunks: 1, usage }, { model: spoken['anthropic-messages'] }),
  });
  expect(completion.json()).toMatchObject({ service_tier: 'priority' });
});

describe('a balance that covers the tokens but not what is asked for beside them', () => {
  const poor = 'ab-key-of-an-organization-with-little';
  let little: Stack;
  beforeAll(async () => {
    little = await startStack({
      // One cent: enough for the tokens of these requests, at the standard.
      grantTokens: 10_000,
      key: { secret: poor },
      config: (config) => ({
        ...config,
        models: config.models.map((model) => ({ ...model, price: { ...model.price, ...fees } })),
      }),
    });
  });
  afterAll(() => little.stop());
  const ask = (more: Record<string, unknown>) =>
    call(`${little.url}/v1/messages`, {
      headers: { 'x-api-key': poor, 'anthropic-version': '2023-06-01' },
      body: messages({ chunks: 1 }, { max_tokens: 500, stream: true, ...more }),
    });

  test('a request that may search is refused before anything is spent, the same one without is answered', async () => {
    const refused = await ask({ tools: [{ type: 'web_search_20250305', name: 'web_search' }] });
    expect(refused.status).toBe(402);
    expect(little.upstream.requests).toHaveLength(0);
    expect((await ask({})).status).toBe(200);
  });

  test('a request for a dearer rate is refused, at the standard it is answered', async () => {
    expect((await ask({ speed: 'fast', inference_geo: 'us' })).status).toBe(402);
    expect((await ask({ speed: 'standard' })).status).toBe(200);
  });
});
