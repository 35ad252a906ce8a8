import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    key: { group: 'economy' },
    config: (config) => ({
      ...config,
      groups,
      channels: config.channels.map((channel) => ({ ...channel, groups: ['default', 'economy'] })),
    }),
  });
});
afterAll(() => stack.stop());

/** Long enough for a request on a busy machine. */
const beginsInMs = 8_000;
const groups = [{ id: 'economy', multiplier: '0.8' }];

async function versions() {
  const answer = await call(`${stack.url}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${stack.key}` },
    body: { model: 'gpt-test', messages: [{ role: 'user', content: 'hello' }] },
  });
  expect(answer.status).toBe(200);
  const { price, terms, chargeNanoUsd } = await receiptOf(stack, String(answer.headers['x-request-id']));
  return { price: price?.version, basisPoints: terms.multiplierBasisPoints, chargeNanoUsd };
}

test('a price and a multiplier that begin in some seconds are charged after it and not before, by the clock alone', async () => {
  await versions();
  const [{ now }] = (await stack.database.query('SELECT now() AS now')) as [{ now: Date }];
  const begins = new Date(now.getTime() + beginsInMs);
  await stack.database.query(
    `INSERT INTO price (id, model_id, version, valid_from, input, output, source)
     SELECT 'prc_coming', 'gpt-test', max(version) + 1, $1, 1000000000000, 0, 'console' FROM price WHERE model_id = 'gpt-test'`,
    [begins],
  );
  await stack.database.query(
    `INSERT INTO group_multiplier (group_id, version, valid_from, multiplier_basis_points, source)
     VALUES ('economy', 2, $1, 5000, 'console')`,
    [begins],
  );
  const before = await versions();
  expect(before).toMatchObject({ price: 1, basisPoints: 8_000 });
  await new Promise((resolve) => setTimeout(resolve, begins.getTime() - Date.now() + 1));
  // 10 input tokens at 1,000 USD per million, halved.
  expect(await versions()).toEqual({ price: 2, basisPoints: 5_000, chargeNanoUsd: '5000000' });
});

test('a price that is withdrawn before it begins never does', async () => {
  const begins = new Date(Date.now() + 1_500);
  await stack.database.query(
    `INSERT INTO price (id, model_id, version, valid_from, input, output, source)
     VALUES ('prc_never', 'gpt-test', 3, $1, 1, 0, 'console')`,
    [begins],
  );
  await stack.database.query(`UPDATE price SET withdrawn_at = now() WHERE id = 'prc_never'`);
  await new Promise((resolve) => setTimeout(resolve, begins.getTime() - Date.now() + 300));
  expect((await versions()).price).toBe(2);
});
