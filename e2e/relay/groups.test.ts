import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { channelsAt, organization } from '../support/config.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const keys = {
  economy: 'ab-imported-economy-key-1',
  codex: 'ab-imported-codex-key-0001',
  gone: 'ab-imported-gone-key-00001',
};

let stack: Stack;
let cheap: FakeUpstream;
beforeAll(async () => {
  cheap = await startFakeUpstream();
  stack = await startStack({
    key: { group: 'economy' },
    config: (config) => ({
      ...config,
      groups: [
        { id: 'economy', multiplier: '0.8' },
        { id: 'codex', displayName: 'Codex', models: ['gpt-test'] },
      ],
      channels: [
        ...config.channels.map((channel) => ({ ...channel, groups: ['default', 'codex'] })),
        ...channelsAt(cheap.url, '-cheap').map((channel) => ({ ...channel, groups: ['economy'] })),
      ],
      organizations: [
        ...config.organizations,
        organization('codex', 1_000_000_000, { secret: keys.codex, group: 'codex' }),
        organization('gone', 1_000_000_000, { secret: keys.gone, group: 'no-such-group' }),
      ],
    }),
  });
});
afterAll(async () => {
  await cheap.stop();
  await stack.stop();
});

const ask = (model: string, key = stack.key) =>
  call(`${stack.url}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${key}` },
    body: { model, messages: [{ role: 'user', content: 'hello' }] },
  });

test('a group’s keys go to its channels and pay its multiplier, and the receipt says so', async () => {
  const answer = await ask('claude-test');
  expect(answer.status).toBe(200);
  expect([stack.upstream.requests.length, cheap.requests.length]).toEqual([0, 1]);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.terms).toEqual({
    ...{ multiplierBasisPoints: 8_000, forgivenTokens: 0 },
    multiplier: { group: 'economy', version: 1 },
  });
  expect(BigInt(receipt.chargeNanoUsd)).toBe((expectedCharge('claude-test', { input: 10, output: 5 }) * 8n) / 10n);
  const rest = await stack.atRest();
  expect(1_000_000_000_000n - rest.postedNanoUsd).toBe(BigInt(receipt.chargeNanoUsd));
});

test('a key sees its group, and only the models that the group shows and its channels serve', async () => {
  const list = async (key: string) => {
    const answer = await call(`${stack.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    return answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id);
  };
  expect(await list(keys.codex)).toEqual(['gpt-test']);
  expect((await list(stack.key)).sort()).toEqual(['claude-test', 'exact-test', 'gemini-test', 'gpt-test']);
  expect(await list(keys.gone)).toEqual([]);
  const key = await call(`${stack.url}/v1/key`, { headers: { authorization: `Bearer ${keys.codex}` } });
  expect(key.json()).toMatchObject({ key: { group: 'codex' } });
});

test('a model that the group hides, and a group that is gone, are refused with words that help', async () => {
  const hidden = await ask('claude-test', keys.codex);
  expect(hidden.status).toBe(403);
  expect(hidden.json()).toMatchObject({ error: { code: 'model_not_allowed' } });
  expect(hidden.body.toString()).toContain('group \\"codex\\" does not offer model \\"claude-test\\"');
  expect((await ask('gpt-test', keys.codex)).status).toBe(200);
  const gone = await ask('gpt-test', keys.gone);
  expect(gone.status).toBe(403);
  expect(gone.body.toString()).toContain('group \\"no-such-group\\" no longer exists');
});

test('a change of a group reaches the worker within a second', async () => {
  await stack.database.query(
    `INSERT INTO group_multiplier (group_id, version, valid_from, multiplier_basis_points, source)
     VALUES ('economy', 2, now(), 5000, 'console')`,
  );
  await expect
    .poll(async () => {
      const answer = await ask('claude-test');
      return (await receiptOf(stack, String(answer.headers['x-request-id']))).terms.multiplierBasisPoints;
    })
    .toBe(5_000);
});
