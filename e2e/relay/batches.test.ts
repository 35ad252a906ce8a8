import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { batchCharge, type Price, parseUsd } from '@ai-bridge/domain';
import { type BatchEnd, type Script, sim } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { organization, prices } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { bearer } from '../support/prompts.ts';
import type { Receipt } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const otherKey = `ab-other-${randomBytes(12).toString('hex')}`;
const poorKey = `ab-poor-${randomBytes(12).toString('hex')}`;
const onlyOthersKey = `ab-others-${randomBytes(12).toString('hex')}`;
const killRounds = Number(process.env.KILL_ROUNDS ?? 4);
let stack: Stack;
let client: OpenAI;
beforeAll(async () => {
  stack = await startStack({
    environment: { BATCH_POLL_MS: '100' },
    config: (config) => ({
      ...config,
      channels: config.channels.map((channel) =>
        channel.preset === 'openai'
          ? { ...channel, models: { 'gpt-test': 'gpt-test', 'mapped-test': 'another-name' } }
          : channel,
      ),
      models: [...config.models, { id: 'mapped-test', price: prices['gpt-test'], fallback: [] }],
      organizations: [
        ...config.organizations,
        organization('other', 1_000_000, { secret: otherKey }),
        organization('poor', 1, { secret: poorKey }),
        organization('picky', 1_000_000, { secret: onlyOthersKey, models: ['claude-test'] }),
      ],
    }),
  });
  client = as(stack.key);
});
beforeEach(() => stack.upstream.clear());
afterEach(() => stack.upstream.behave({}));
afterAll(() => stack.stop());

const as = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });

interface Line {
  readonly script?: Partial<Script>;
  readonly body?: object;
  readonly line?: object;
}

const chat = '/v1/chat/completions';
const lineOf = ({ script = {}, body = {}, line = {} }: Line, index: number, url: string) =>
  JSON.stringify({
    custom_id: `request-${index}`,
    method: 'POST',
    url,
    body: {
      model: 'gpt-test',
      ...(url === chat ? { messages: [{ role: 'user', content: sim(script) }] } : { input: sim(script) }),
      ...(url === chat ? { max_tokens: 1_000 } : {}),
      ...body,
    },
    ...line,
  });

async function upload(lines: readonly Line[], by = client, url = chat): Promise<string> {
  const text = `${lines.map((line, index) => lineOf(line, index, url)).join('\n')}\n`;
  return (await by.files.create({ file: await toFile(Buffer.from(text), 'in.jsonl'), purpose: 'batch' })).id;
}

/** Makes a batch and says which request made it. */
async function make(input: string, by = client, more: object = {}) {
  const asked = { input_file_id: input, endpoint: chat, completion_window: '24h', ...more } as const;
  const { data, response } = await by.batches.create(asked).withResponse();
  return { batch: data, requestId: response.headers.get('x-request-id') ?? '' };
}

type Told = Receipt & { readonly batch?: { readonly status: string; readonly boundNanoUsd: string } };
const told = async (requestId: string) =>
  (await call(`${stack.url}/v1/generation?id=${requestId}`, { headers: bearer(stack) })).json<Told>();

/** The receipt of a batch once it is settled. */
const settled = (requestId: string) =>
  eventually(
    async () => {
      const receipt = await told(requestId);
      expect(receipt.id).toBe(requestId);
      return receipt.outcome !== null && receipt;
    },
    { withinMs: 20_000, what: () => `batch ${requestId} is not settled\n${stack.worker().log().slice(-4_000)}` },
  );

const held = async () => {
  const answer = await call(`${stack.url}/v1/key`, { headers: bearer(stack) });
  return BigInt(answer.json<{ balance: { heldNanoUsd: string } }>().balance.heldNanoUsd);
};

const gptPrice = {
  ...{ id: '', modelId: 'gpt-test', version: 1, requestFee: 0n, tiers: [] },
  ...Object.fromEntries(Object.entries(prices['gpt-test']).map(([kind, usd]) => [kind, parseUsd(usd, 6)])),
} as unknown as Price;
const half = (...usages: { input: number; output: number }[]) => batchCharge(usages, gptPrice);
const end = (id: string, how: BatchEnd) => stack.upstream.batches.end(id, how);

test('a batch is held for while it runs, its output is read, and it costs exactly half', async () => {
  const before = (await stack.atRest()).postedNanoUsd;
  const script = { inputTokens: 1_001, chunks: 333 };
  const input = await upload([{ script }, { script: { inputTokens: 7, chunks: 2 } }, { script: { status: 500 } }]);
  const { batch, requestId } = await make(input);
  const bound = await held();
  // At least what three answers of 1,000 tokens may cost at half price.
  expect(bound).toBeGreaterThanOrEqual(half(...Array.from({ length: 3 }, () => ({ input: 0, output: 1_000 }))));
  expect(await told(requestId)).toMatchObject({
    ...{ id: requestId, outcome: null, endpoint: '/v1/batches', chargeNanoUsd: '0', usage: { source: 'none' } },
    ...{ model: { requested: 'gpt-test' }, batch: { boundNanoUsd: String(bound) } },
  });
  expect(await client.batches.retrieve(batch.id)).toMatchObject({ id: batch.id, status: 'validating' });

  end(batch.id, { status: 'completed' });
  const over = await client.batches.retrieve(batch.id);
  expect(over.status).toBe('completed');
  const output = await (await client.files.content(over.output_file_id ?? '')).text();
  expect(output.trim().split('\n')).toHaveLength(3);
  expect((await client.batches.list()).data.map(({ id }) => id)).toEqual([batch.id]);

  const receipt = await settled(requestId);
  const charge = half({ input: 1_001, output: 333 }, { input: 7, output: 2 });
  expect(receipt).toMatchObject({
    ...{ outcome: 'completed', endpoint: '/v1/batches', model: { used: 'gpt-test' }, provider: 'openai' },
    ...{ usage: { input: 1_008, output: 335, source: 'reported' }, chargeNanoUsd: String(charge) },
  });
  expect(await held()).toBe(0n);
  expect(before - (await stack.atRest()).postedNanoUsd).toBe(charge);
});

test('responses and embeddings are charged like chats', async () => {
  for (const endpoint of ['/v1/responses', '/v1/embeddings'] as const) {
    const input = await upload([{ script: { inputTokens: 50, chunks: 9 } }], client, endpoint);
    const { batch, requestId } = await make(input, client, { endpoint });
    end(batch.id, { status: 'completed' });
    expect((await settled(requestId)).chargeNanoUsd).toBe(String(half({ input: 50, output: 9 })));
  }
});

test('another organization sees nothing of a batch and its files, and cannot use them', async () => {
  const input = await upload([{}]);
  const { batch, requestId } = await make(input);
  const stranger = as(otherKey);
  stack.upstream.clear();
  const attempts = [
    () => stranger.batches.retrieve(batch.id),
    () => stranger.batches.cancel(batch.id),
    () => make(input, stranger),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 404 });
  expect((await stranger.batches.list()).data).toEqual([]);
  expect(stack.upstream.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  const receipt = await call(`${stack.url}/v1/generation?id=${requestId}`, {
    headers: { authorization: `Bearer ${otherKey}` },
  });
  expect(receipt.status).toBe(404);
  end(batch.id, { status: 'completed' });
  const { output_file_id: output } = await client.batches.retrieve(batch.id);
  await expect(stranger.files.content(output ?? '')).rejects.toMatchObject({ status: 404 });
  // Nor by a file of its own that names it.
  const image = { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: input } }] }] };
  const own = await upload([{ body: image }], stranger);
  await expect(make(own, stranger)).rejects.toMatchObject({ status: 404 });
  await settled(requestId);
});

test('of a batch that was cancelled or ran out of time what was done is paid for, of one that failed nothing', async () => {
  const three = [{ script: { inputTokens: 10, chunks: 1 } }, { script: { inputTokens: 20, chunks: 2 } }, {}];
  const cases = [
    ['cancelled', 'client_left', 2],
    ['expired', 'upstream_broke', 1],
    ['failed', 'failed', 0],
  ] as const;
  for (const [status, outcome, answered] of cases) {
    const { batch, requestId } = await make(await upload(three));
    if (status === 'cancelled') expect((await client.batches.cancel(batch.id)).status).toBe('cancelling');
    end(batch.id, { status, answered });
    const done = [
      { input: 10, output: 1 },
      { input: 20, output: 2 },
    ].slice(0, answered);
    expect(await settled(requestId)).toMatchObject({ outcome, chargeNanoUsd: String(half(...done)) });
  }
  await stack.atRest();
});

test('who cannot pay for what a batch may cost gets none, and its upstream never hears of it', async () => {
  const poor = as(poorKey);
  const input = await upload([{}], poor);
  stack.upstream.clear();
  await expect(make(input, poor)).rejects.toMatchObject({ status: 402 });
  expect(stack.upstream.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /v1/files/${input}/content`,
  ]);
});

test('credit that this worker itself leases is given back for a batch', async () => {
  await client.chat.completions.create({ model: 'gpt-test', messages: [{ role: 'user', content: sim({}) }] });
  const { availableNanoUsd, heldNanoUsd } = await stack.balance();
  expect(heldNanoUsd).toBeGreaterThan(0n);
  // All of the balance but a little less than what is leased: 1,000 tokens of output cost 300 plan tokens.
  const perLine = half({ input: 0, output: 10_000_000 });
  const lines = Number((availableNanoUsd + heldNanoUsd / 2n) / perLine);
  const rest = Number(((availableNanoUsd + heldNanoUsd / 2n) % perLine) / half({ input: 0, output: 1 }));
  const caps = [...Array.from({ length: lines }, () => 10_000_000), rest];
  const input = await upload(caps.map((max_tokens) => ({ body: { max_tokens } })));
  const { batch, requestId } = await make(input);
  end(batch.id, { status: 'failed', answered: 0 });
  await settled(requestId);
  await stack.atRest();
});

test.each<[string, Line[], object, RegExp]>([
  ['no JSON', [{ line: { body: 5 } }], {}, /line 1, body: must be an object/],
  ['another url', [{}, { line: { url: '/v1/embeddings' } }], {}, /line 2, url: must be/],
  ['two models', [{}, { body: { model: 'exact-test' } }], {}, /line 2, body.model: must be the model of the first/],
  ['a stream', [{ body: { stream: true } }], {}, /line 1, body.stream/],
  ['a bad cap', [{}, {}, { body: { max_tokens: 'x' } }], {}, /line 3, body.max_tokens/],
  ['another name upstream', [{ body: { model: 'mapped-test' } }], {}, /known by another name/],
  ['a model that lives elsewhere', [{ body: { model: 'claude-test' } }], {}, /does not serve claude-test/],
  ['another endpoint', [{}], { endpoint: '/v1/images/generations' }, /endpoint: must be one of/],
])('a file with %s makes no batch: the line and the field are named', async (_, lines, more, message) => {
  const input = await upload(lines);
  const made = stack.upstream.batches.ids.length;
  const refusal = make(input, client, more);
  await expect(refusal).rejects.toMatchObject({ status: 400, message: expect.stringMatching(message) });
  expect(stack.upstream.batches.ids).toHaveLength(made);
  expect(await held()).toBe(0n);
});

test('a model that does not exist, or that the key may not use, makes no batch', async () => {
  await expect(make(await upload([{ body: { model: 'no-such-model' } }]))).rejects.toMatchObject({ status: 404 });
  const picky = as(onlyOthersKey);
  await expect(make(await upload([{}], picky), picky)).rejects.toMatchObject({ status: 403 });
});

test('what the upstream refuses is told in its words, and holds nothing', async () => {
  const input = await upload([{}]);
  const metadata = { say: sim({ status: 400, message: 'the window is wrong' }) };
  await expect(make(input, client, { metadata })).rejects.toMatchObject({
    ...{ status: 400, message: expect.stringContaining('the window is wrong') },
  });
  expect(await held()).toBe(0n);
});

/** Nobody waits minutes for an unconfirmed batch to be looked for. */
const hasten = () => stack.database.query('UPDATE upstream_batch SET next_poll_at = now() WHERE upstream_id IS NULL');

test('a batch whose making was not told is found at its upstream, charged, and its organization’s own', async () => {
  const input = await upload([{ script: { inputTokens: 11, chunks: 3 } }]);
  const known = stack.upstream.batches.ids.length;
  const broken = { input_file_id: input, endpoint: chat, metadata: { say: sim({ cutAfter: 0 }) } };
  const answer = await call(`${stack.url}/v1/openai/batches`, { headers: bearer(stack), body: broken });
  expect(answer.status).toBe(503);
  const requestId = String(answer.headers['x-request-id']);
  expect(await held()).toBeGreaterThan(0n);
  const id = stack.upstream.batches.ids[known] ?? '';
  await hasten();
  await eventually(async () => (await client.batches.list()).data.some((batch) => batch.id === id));
  end(id, { status: 'completed' });
  expect((await settled(requestId)).chargeNanoUsd).toBe(String(half({ input: 11, output: 3 })));
});

test('a batch that was never made costs nothing and holds nothing in the end', async () => {
  const input = await upload([{}]);
  const metadata = { say: sim({ status: 500 }) };
  const answer = await call(`${stack.url}/v1/openai/batches`, {
    headers: bearer(stack),
    body: { input_file_id: input, endpoint: chat, metadata },
  });
  expect(answer.status).toBe(503);
  await hasten();
  expect(await settled(String(answer.headers['x-request-id']))).toMatchObject({
    outcome: 'failed',
    chargeNanoUsd: '0',
  });
  await stack.atRest();
});

const aDayAgo = (requestId: string) =>
  stack.database.query(
    `UPDATE upstream_batch SET failing_since = now() - interval '25 hours', next_poll_at = now() WHERE id = $1`,
    [requestId],
  );

test('a batch that its upstream has forgotten is settled below the truth after a day of tries', async () => {
  const { batch, requestId } = await make(await upload([{ script: { inputTokens: 90, chunks: 9 } }]));
  stack.upstream.batches.forget(batch.id);
  await eventually(async () => {
    const [row] = await stack.database.query<{ failures: number }>(
      'SELECT failures FROM upstream_batch WHERE id = $1',
      [requestId],
    );
    return (row?.failures ?? 0) > 1;
  });
  expect((await told(requestId)).outcome).toBeNull();
  expect(await held()).toBeGreaterThan(0n);
  await aDayAgo(requestId);
  const receipt = await settled(requestId);
  expect(receipt.outcome).toBe('upstream_broke');
  expect(BigInt(receipt.chargeNanoUsd)).toBeLessThanOrEqual(half({ input: 90, output: 9 }));
  await stack.atRest();
});

test('an output that cannot be read is replaced by what the upstream says of the whole; until then nobody deletes it', async () => {
  const { batch, requestId } = await make(await upload([{}, {}]));
  const usage = { input_tokens: 40, output_tokens: 8, total_tokens: 48 };
  end(batch.id, { status: 'completed', output: '<html>try again</html>', fields: { usage } });
  await eventually(async () => stack.worker().log().includes('cannot be read'));
  expect((await told(requestId)).outcome).toBeNull();
  const output = (await client.batches.retrieve(batch.id)).output_file_id ?? '';
  await expect(client.files.delete(output)).rejects.toMatchObject({ status: 400 });
  await aDayAgo(requestId);
  expect(await settled(requestId)).toMatchObject({
    ...{ outcome: 'completed', usage: { input: 40, output: 8, source: 'reported' } },
    chargeNanoUsd: String(half({ input: 40, output: 8 })),
  });
  expect(await client.files.delete(output)).toMatchObject({ deleted: true });
});

test(
  `a kill -9 between the upstream's end and the settlement charges once, ${killRounds} rounds`,
  async () => {
    for (let round = 0; round < killRounds; round++) {
      const before = (await stack.atRest()).postedNanoUsd;
      const batches = [];
      for (let index = 0; index < 3; index++) {
        batches.push(await make(await upload([{ script: { inputTokens: 100 + round, chunks: 10 + index } }])));
      }
      // The first round is killed while it asks for the output, the others somewhere.
      if (round === 0) stack.upstream.behave({ hold: 'at the end', holdAfter: 0 });
      for (const { batch } of batches) end(batch.id, { status: 'completed' });
      if (round === 0) await eventually(() => stack.upstream.waiting('at the end') > 0);
      else await sleep(Math.random() * 150);
      await stack.kill9();
      stack.upstream.behave({});
      stack.upstream.release('at the end');
      await stack.restart();
      for (const { requestId } of batches) await settled(requestId);
      const charges = [10, 11, 12].map((output) => half({ input: 100 + round, output }));
      expect(before - (await stack.atRest()).postedNanoUsd).toBe(charges.reduce((sum, one) => sum + one, 0n));
    }
  },
  killRounds * 30_000,
);

test('a worker killed while its upstream makes a batch loses none of it', async () => {
  const input = await upload([{ script: { inputTokens: 77, chunks: 7 } }]);
  const known = stack.upstream.batches.ids.length;
  const body = { input_file_id: input, endpoint: chat, metadata: { say: sim({ stallAfter: -1 }) } };
  const asking = call(`${stack.url}/v1/openai/batches`, { headers: bearer(stack), body }).catch(() => undefined);
  await eventually(() => stack.upstream.batches.ids.length > known);
  await stack.kill9();
  await asking;
  await stack.restart();
  expect((await stack.balance()).heldNanoUsd).toBeGreaterThan(0n);
  const id = stack.upstream.batches.ids[known] ?? '';
  await hasten();
  await eventually(async () => (await client.batches.list()).data.some((batch) => batch.id === id));
  end(id, { status: 'completed' });
  const [row] = await stack.database.query<{ id: string }>('SELECT id FROM upstream_batch WHERE upstream_id = $1', [
    id,
  ]);
  expect((await settled(row?.id ?? '')).chargeNanoUsd).toBe(String(half({ input: 77, output: 7 })));
});
