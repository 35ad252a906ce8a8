import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { installCodingTools, runCodex } from '../support/coding-tools.ts';
import { organization, upstreamKey } from '../support/config.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const kinds = ['auto', 'force_official', 'keep_original'] as const;
const official = 'The operator\'s copy of "official" instructions.\n';
const officialOfFamily = 'The copy for one family.';
const refusal = '{"detail":"Instructions are not valid"}';
const strictKey = 'ab-imported-strict-key-0003';

let stack: Stack;
beforeAll(async () => {
  const models = [...kinds, 'family-force'];
  stack = await startStack({
    config: (config, upstream) => ({
      ...config,
      channels: models.map((model) => ({
        name: model,
        preset: 'custom',
        protocol: 'openai-responses',
        baseUrl: upstream.url,
        apiKey: upstreamKey,
        allowPrivate: true,
        models: { [model]: model },
        codexInstructions: kinds.find((kind) => kind === model) ?? 'force_official',
      })),
      models: models.map((id) => ({ id, price: { input: 1, output: 10 }, fallback: [] })),
      organizations: [
        ...config.organizations,
        organization('strict', 1_000_000, { secret: strictKey, fallback: false }),
      ],
      settings: { codexOfficialInstructions: { '*': official, 'family-': officialOfFamily, fam: 'shorter' } },
    }),
  });
});
beforeEach(() => {
  stack.upstream.clear();
  stack.upstream.behave({});
});
afterAll(() => stack.stop());

const codex = { originator: 'codex_exec', 'user-agent': 'codex_exec/0.169.0 (Linux; x86_64)' };

const ask = (body: string, headers: Readonly<Record<string, string>> = codex, key = stack.key) =>
  call(`${stack.url}/v1/responses`, { headers: { authorization: `Bearer ${key}`, ...headers }, body });

const request = (model: string, instructions = '"mine"') =>
  `{ "model": "${model}", "instructions": ${instructions}, "input": "hello", "store": false, "unknown": 1.0 }`;

const sent = () => stack.upstream.requests.map(({ body }) => String(body));

test('force_official puts the official instructions in the place of what Codex sent, and the receipt says so', async () => {
  const answer = await ask(request('force_official'));
  expect(answer.status).toBe(200);
  expect(sent()).toEqual([request('force_official', JSON.stringify(official))]);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.losses).toEqual([{ path: 'instructions', reason: expect.stringContaining("Codex's own") }]);
  expect(receipt.attempts).toMatchObject([{ status: 200, repair: [] }]);
});

test('of several texts the one of the longest beginning of the model id is taken', async () => {
  await ask(request('family-force'));
  expect(sent()).toEqual([request('family-force', JSON.stringify(officialOfFamily))]);
});

test.each([
  ['keep_original', 'keep_original', codex, undefined],
  ['force_official for another client', 'force_official', { 'user-agent': 'OpenAI/JS 6.49.0' }, undefined],
  ['force_official for a strict key', 'force_official', codex, strictKey],
  ['auto that is not refused', 'auto', codex, undefined],
])('%s: the bytes go up as they came', async (_, model, headers, key) => {
  expect((await ask(request(model), headers, key)).status).toBe(200);
  expect(sent()).toEqual([request(model)]);
});

test('auto sends the official instructions once the upstream has refused the others: one answer, two attempts on record', async () => {
  stack.upstream.behave({ refusals: [{ lacks: 'official', body: refusal }] });
  const answer = await ask(request('auto'));
  expect(answer.status).toBe(200);
  expect(sent()).toEqual([request('auto'), request('auto', JSON.stringify(official))]);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  const change = { path: 'instructions', reason: expect.stringContaining("Codex's own") };
  expect(receipt.attempts).toMatchObject([
    { status: 400, paidBy: 'house', repair: [change] },
    { status: 200, paidBy: 'customer', repair: [] },
  ]);
  expect(receipt.losses).toEqual([change]);
});

test('auto: refused again, or refused to another client, the 400 arrives as it is', async () => {
  stack.upstream.behave({ refusals: [{ lacks: 'never there', body: refusal }] });
  const again = await ask(request('auto'));
  expect([again.status, String(again.body), stack.upstream.requests.length]).toEqual([400, refusal, 2]);
  const other = await ask(request('auto'), { 'user-agent': 'OpenAI/JS 6.49.0' });
  expect([other.status, String(other.body), stack.upstream.requests.length]).toEqual([400, refusal, 3]);
});

test.each([
  ['force_official', 1],
  ['auto', 2],
])(
  'the real Codex works on a channel with %s whose upstream takes nothing but the official instructions',
  async (model, attempts) => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-codex-'));
    stack.upstream.behave({ refusals: [{ lacks: JSON.stringify(official).slice(1, -1), body: refusal }], tool: false });
    const run = await runCodex(installCodingTools(), home, stack, model, 'Say hello.');
    expect(run, run.stderr).toMatchObject({ code: 0 });
    const answered = stack.upstream.requests.filter(({ status }) => status === 200);
    expect(answered.length).toBeGreaterThanOrEqual(1);
    for (const { json } of answered) expect(json['instructions']).toBe(official);
    expect(stack.upstream.requests).toHaveLength(answered.length * attempts);
    fs.rmSync(home, { recursive: true, force: true });
  },
  180_000,
);
