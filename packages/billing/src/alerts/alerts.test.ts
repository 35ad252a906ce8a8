import { captureBatch, creditOrder, grantCredit } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeOrganization, newClock, secondPersonAboveNanoUsd } from '../billing.fixture.ts';
import type { BillingDeps } from '../deps.ts';
import { readAlertTerms, setAlertTerms } from './alert-terms.ts';
import { watchBalances } from './watch-balances.ts';

const clock = newClock();
const billion = 1_000_000_000n;
let db: TestDatabase;
let deps: BillingDeps;
let organizationId = '';
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase(20);
  const providers = { current: undefined, find: () => undefined };
  deps = { database: db.database, providers, clock, secondPersonAboveNanoUsd, siteUrl: 'https://bridge.example' };
});
afterAll(() => db.drop());
beforeEach(async () => {
  organizationId = `org_alerts_${++counter}`;
  await makeOrganization(db.database, organizationId);
});

const grant = (amountNanoUsd: bigint) =>
  grantCredit(db.database, { key: `g${++counter}`, organizationId, amountNanoUsd, reason: 'a', actor: 'a' });
const buy = (amountNanoUsd: bigint) =>
  creditOrder(db.database, { orderId: `ord_${++counter}`, organizationId, amountNanoUsd, actor: 'a' });
const spend = (chargeNanoUsd: bigint) =>
  captureBatch(db.database, {
    workerId: 'w',
    charges: [{ requestId: `req_${++counter}`, organizationId, chargeNanoUsd }],
  });
const own = (...thresholdsNanoUsd: bigint[]) =>
  setAlertTerms(db.database, { organizationId, thresholdsNanoUsd, actor: {} });
const told = () =>
  db.database.query<{ to: string; text: string }>(
    'SELECT to_address AS "to", text FROM mail WHERE organization_id = $1 ORDER BY id',
    [organizationId],
  );
const crossed = async () => (await readAlertTerms(db.database, organizationId)).crossedNanoUsd;

test('who bought is told at a tenth of it, once, and again only after the balance has been above it', async () => {
  await buy(10n * billion);
  await watchBalances(deps);
  await spend(9n * billion);
  await watchBalances(deps);
  expect(await told()).toEqual([]);
  await spend(1n);
  await watchBalances(deps);
  await spend(1n);
  await watchBalances(deps);
  expect(await told()).toEqual([
    { to: 'owner@example.com', text: expect.stringContaining('fallen below 1,000,000 tokens') },
  ]);
  await grant(billion);
  await watchBalances(deps);
  await spend(billion);
  await watchBalances(deps);
  expect(await told()).toHaveLength(2);
});

test('twenty watchers at once tell a fall once', async () => {
  await grant(10n * billion);
  await spend(10n * billion);
  await Promise.all(Array.from({ length: 20 }, () => watchBalances(deps)));
  expect(await told()).toHaveLength(1);
});

test('each of three thresholds tells once on the way down; a fall through all of them at once is one mail', async () => {
  await grant(10n * billion);
  await own(5n * billion, 2n * billion, 1n * billion);
  for (const amount of [6n, 2n, 1n, 1n]) {
    await spend(amount * billion - 1n);
    await watchBalances(deps);
  }
  expect((await told()).map(({ text }) => /below ([\d,]+)/.exec(text)?.[1])).toEqual([
    '5,000,000',
    '2,000,000',
    '1,000,000',
  ]);
  await grant(2n * billion);
  await watchBalances(deps);
  await spend(2n * billion);
  await watchBalances(deps);
  expect(await told()).toHaveLength(4);
  await grant(10n * billion);
  await watchBalances(deps);
  await spend(10n * billion);
  await watchBalances(deps);
  expect(await told()).toHaveLength(5);
});

test('a threshold set above the balance is no news to who sets it, and the next fall is', async () => {
  await grant(10n * billion);
  await own(20n * billion);
  await watchBalances(deps);
  expect(await told()).toEqual([]);
  expect(await crossed()).toBe(20n * billion);
  await grant(10n * billion);
  await watchBalances(deps);
  await spend(1n);
  await watchBalances(deps);
  expect(await told()).toHaveLength(1);
});

test('who wants no mails, never had credit, or is suspended is told nothing', async () => {
  await watchBalances(deps);
  await grant(10n * billion);
  await own();
  await spend(10n * billion);
  await watchBalances(deps);
  expect(await crossed()).toBeUndefined();
  await setAlertTerms(db.database, { organizationId, thresholdsNanoUsd: undefined, actor: {} });
  expect(await crossed()).toBe(billion);
  await grant(10n * billion);
  await watchBalances(deps);
  await db.database.query(`UPDATE organization SET status = 'suspended' WHERE id = $1`, [organizationId]);
  await spend(10n * billion);
  await watchBalances(deps);
  expect(await told()).toEqual([]);
});

test('thresholds that cannot be right are refused', async () => {
  await expect(own(1n, 2n, 3n, 4n)).rejects.toMatchObject({ code: 'alert_invalid' });
  await expect(own(0n)).rejects.toMatchObject({ code: 'alert_invalid' });
  await own(1n, 1n, 2n, 2n, 3n);
  expect((await readAlertTerms(db.database, organizationId)).ownNanoUsd).toEqual([3n, 2n, 1n]);
});
