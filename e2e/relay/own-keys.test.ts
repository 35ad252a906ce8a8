import { ownKeyPresets } from '@ai-bridge/domain';
import { type FakeUpstream, type Script, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call } from '../support/call.ts';
import { modelsConfig, organization, upstreamKey } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { giveOwnKey } from '../support/own-keys.ts';
import { earnRetries } from '../support/pairs.ts';
import { expectedCharge, type Receipt } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const grantTokens = 1_000_000_000;
const organizations = ['first', 'poor', 'failing', 'limited', 'refused', 'strict', 'off', 'moved', 'none'] as const;
type Name = (typeof organizations)[number];
const secretOf = (name: Name) => `ab-imported-own-${name}-key-0001`;
const credentialOf = (name: Name) => `CANARY-OWN-CREDENTIAL-OF-${name}`;
const used = { input: 10, output: 5 };

/** A request in every protocol that clients speak, on a model of every provider: some pass through, some are converted. */
const models = { anthropic: 'claude-test', openai: 'gpt-test', gemini: 'gemini-test' } as const;
const forms = {
  messages: (model: string, text: string) => ({
    path: '/v1/messages',
    body: { model, max_tokens: 50, messages: [{ role: 'user', content: text }] },
  }),
  chat: (model: string, text: string) => ({
    path: '/v1/chat/completions',
    body: { model, messages: [{ role: 'user', content: text }] },
  }),
  responses: (model: string, text: string) => ({ path: '/v1/responses', body: { model, input: text, store: false } }),
  gemini: (model: string, text: string) => ({
    path: `/v1beta/models/${model}:generateContent`,
    body: { contents: [{ role: 'user', parts: [{ text }] }] },
  }),
} as const;
type Form = keyof typeof forms;

let stack: Stack;
/** The providers themselves, where customers' keys are good. */
let vendor: FakeUpstream;

beforeAll(async () => {
  vendor = await startFakeUpstream();
  stack = await startStack({
    environment: {
      ANTHROPIC_BASE_URL: vendor.url,
      OPENAI_BASE_URL: vendor.url,
      GEMINI_BASE_URL: vendor.url,
    },
    config: (config) => ({
      ...config,
      groups: [{ id: 'dear', multiplier: '2' }],
      channels: config.channels.map((channel) => ({ ...channel, groups: ['default', 'dear'] })),
      models: modelsConfig.map((model) => (model.id === 'claude-test' ? { ...model, fallback: ['gpt-test'] } : model)),
      organizations: [
        ...config.organizations,
        ...organizations.map((name) =>
          organization(name, name === 'poor' ? 0 : grantTokens, { secret: secretOf(name), group: 'dear' }),
        ),
      ],
    }),
  });
  await earnRetries(stack, 40);
});
afterAll(async () => {
  await vendor.stop();
  await stack.stop();
});
beforeEach(() => {
  vendor.behave({});
  vendor.clear();
  stack.upstream.clear();
});

const ask = (name: Name, form: Form, model: string, script: Partial<Script> = {}) => {
  const { path, body } = forms[form](model, `hello ${sim(script)}`);
  return call(`${stack.url}${path}`, { headers: { authorization: `Bearer ${secretOf(name)}` }, body });
};
const receiptBy = (name: Name, answer: Answer) =>
  eventually(
    async () => {
      const url = `${stack.url}/v1/generation?id=${String(answer.headers['x-request-id'])}`;
      const receipt = await call(url, { headers: { authorization: `Bearer ${secretOf(name)}` } });
      return receipt.status === 200 && receipt.json<Receipt>();
    },
    { withinMs: 5_000, what: () => 'no receipt' },
  );
/** All that was sent to a provider, with every header. */
const sentTo = (upstream: FakeUpstream) =>
  upstream.requests.map(({ path, headers, body }) => `${path} ${JSON.stringify(headers)} ${body}`).join('\n');

test('an own key is tried first in every protocol, nothing is charged, and the receipt says why', async () => {
  for (const preset of ownKeyPresets)
    await giveOwnKey(stack, { of: 'first', preset, credential: credentialOf('first') });
  for (const form of Object.keys(forms) as Form[]) {
    for (const model of Object.values(models)) {
      const answer = await ask('first', form, model);
      expect([form, model, answer.status]).toEqual([form, model, 200]);
      const { chargeNanoUsd, attempts, terms } = await receiptBy('first', answer);
      expect([chargeNanoUsd, terms.multiplierBasisPoints]).toEqual(['0', 0]);
      expect(attempts).toMatchObject([{ status: 200, paidBy: 'customer', ownKey: true }]);
      expect(answer.headers['x-bridge-provider']).toBe(attempts[0]?.provider);
    }
  }
  expect(vendor.requests.length).toBe(12);
  expect(stack.upstream.requests.length).toBe(0);
  expect(sentTo(vendor)).not.toContain(upstreamKey);
  expect(sentTo(vendor)).not.toContain(secretOf('first'));
});

test('a balance of nothing is enough where nothing is charged, and for nothing else', async () => {
  await giveOwnKey(stack, { of: 'poor', preset: 'anthropic', credential: credentialOf('poor') });
  expect((await ask('poor', 'messages', 'claude-test')).status).toBe(200);
  expect((await ask('poor', 'chat', 'gpt-test')).status).toBe(402);
  const failed = await ask('poor', 'messages', 'claude-test', { status: 500 });
  expect(failed.status).toBe(529);
  expect(stack.upstream.requests.length).toBe(0);
});

test('where the own key fails the house steps in at its price, and neither credential ever goes to the other, in any protocol', async () => {
  for (const preset of ownKeyPresets)
    await giveOwnKey(stack, { of: 'failing', preset, credential: credentialOf('failing') });
  vendor.behave({ status: 503 });
  const answers: string[] = [];
  for (const form of Object.keys(forms) as Form[]) {
    const model = {
      messages: models.anthropic,
      chat: models.openai,
      responses: models.anthropic,
      gemini: models.gemini,
    }[form];
    const answer = await ask('failing', form, model);
    expect([form, answer.status]).toEqual([form, 200]);
    const receipt = await receiptBy('failing', answer);
    expect(receipt.attempts).toMatchObject([
      { status: 503, paidBy: 'customer', ownKey: true },
      { status: 200, paidBy: 'customer', ownKey: false },
    ]);
    expect(BigInt(receipt.chargeNanoUsd)).toBe(2n * expectedCharge(model, used));
    answers.push(answer.body.toString(), JSON.stringify(answer.headers), JSON.stringify(receipt));
  }
  expect([vendor.requests.length, stack.upstream.requests.length]).toEqual([4, 4]);
  expect(sentTo(vendor)).not.toContain(upstreamKey);
  expect(sentTo(vendor)).toContain(credentialOf('failing'));
  expect(sentTo(stack.upstream)).not.toContain('CANARY-OWN');
  for (const canary of ['CANARY-OWN', upstreamKey]) {
    expect(answers.join('\n')).not.toContain(canary);
    expect(stack.worker().log()).not.toContain(canary);
  }
});

test('an exclusive key that is refused says whose it is, why, and what to do, and nothing else answers, not even another model', async () => {
  const credential = credentialOf('refused');
  await giveOwnKey(stack, { of: 'refused', preset: 'anthropic', credential, isExclusive: true, name: 'team key' });
  vendor.behave({ status: 401, message: `invalid x-api-key ${credential}` });
  const answer = await ask('refused', 'messages', 'claude-test');
  expect(answer.status).toBe(403);
  expect(answer.json()).toMatchObject({ error: { type: 'permission_error' } });
  const text = answer.body.toString();
  expect(text).toContain(`anthropic key \\"team key\\" (…${credential.slice(-4)})`);
  expect(text).toContain('status 401: invalid x-api-key');
  expect(text).not.toContain('CANARY');
  expect(answer.headers['x-should-retry']).toBe('false');
  // Ejected by now: the next request finds out again rather than being told of busy channels.
  expect((await ask('refused', 'chat', 'claude-test')).json()).toMatchObject({ error: { code: 'own_key_refused' } });
  expect([vendor.requests.length, stack.upstream.requests.length]).toEqual([2, 0]);
  expect((await ask('refused', 'chat', 'gpt-test')).status).toBe(200);
});

test('an exclusive key at its provider’s limit says so, with the wait that the provider asks for', async () => {
  await giveOwnKey(stack, { of: 'limited', preset: 'openai', credential: credentialOf('limited'), isExclusive: true });
  const answer = await ask('limited', 'chat', 'gpt-test', { status: 429, retryAfter: 7 });
  expect(answer.status).toBe(429);
  expect(answer.headers['retry-after']).toBe('7');
  expect(answer.json()).toMatchObject({ error: { code: 'own_key_limited' } });
  expect(stack.upstream.requests.length).toBe(0);
});

test('a key that is refused rests, is asked nothing that its owner did not ask, and the house’s channels are none the worse', async () => {
  const id = await giveOwnKey(stack, { of: 'strict', preset: 'anthropic', credential: credentialOf('strict') });
  vendor.behave({ status: 401 });
  for (let asked = 0; asked < 4; asked++) expect((await ask('strict', 'messages', 'claude-test')).status).toBe(200);
  expect([vendor.requests.length, stack.upstream.requests.length]).toEqual([1, 4]);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(vendor.requests.length).toBe(1);
  const metrics = (await call(`${stack.url}/metrics`)).body.toString();
  expect(metrics).not.toContain(id);
  expect(await stack.database.query('SELECT 1 FROM channel_state WHERE channel_id = $1', [id])).toEqual([]);
});

test('a service fee is that share of the list price, whatever the group’s multiplier', async () => {
  const setFee = (value: number) =>
    stack.database.query(
      `INSERT INTO setting (key, value) VALUES ('ownKeyFeeBasisPoints', to_jsonb($1::int)) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
      [value],
    );
  await setFee(500);
  await expect
    .poll(async () => (await receiptBy('first', await ask('first', 'messages', 'claude-test'))).chargeNanoUsd)
    .toBe(String((expectedCharge('claude-test', used) * 5n) / 100n));
  const poor = await ask('poor', 'messages', 'claude-test');
  await setFee(0);
  expect(poor.status).toBe(402);
});

test('a key that is switched off is not used within a second', async () => {
  const id = await giveOwnKey(stack, { of: 'off', preset: 'anthropic', credential: credentialOf('off') });
  await ask('off', 'messages', 'claude-test');
  expect([vendor.requests.length, stack.upstream.requests.length]).toEqual([1, 0]);
  await stack.database.query('UPDATE own_key SET enabled = false WHERE id = $1', [id]);
  await expect
    .poll(async () => {
      await ask('off', 'messages', 'claude-test');
      return stack.upstream.requests.length > 0;
    })
    .toBe(true);
});

test('a seal that was moved to another organization’s row does not open, and is left out', async () => {
  const stolen = await giveOwnKey(stack, { of: 'off', preset: 'anthropic', credential: credentialOf('off') });
  const mine = await giveOwnKey(stack, { of: 'moved', preset: 'anthropic', credential: credentialOf('moved') });
  await stack.database.query(
    'UPDATE own_key SET credential_sealed = (SELECT credential_sealed FROM own_key WHERE id = $1) WHERE id = $2',
    [stolen, mine],
  );
  await eventually(
    async () => {
      await ask('moved', 'messages', 'claude-test');
      return stack.worker().log().includes(mine);
    },
    { withinMs: 5_000, what: () => 'nothing was logged' },
  );
  vendor.clear();
  expect((await ask('moved', 'messages', 'claude-test')).status).toBe(200);
  expect(vendor.requests.length).toBe(0);
});

test('who has no own key is served by the house alone', async () => {
  expect((await ask('none', 'messages', 'claude-test')).status).toBe(200);
  expect([vendor.requests.length, stack.upstream.requests.length]).toEqual([0, 1]);
  expect(sentTo(stack.upstream)).toContain(upstreamKey);
});
