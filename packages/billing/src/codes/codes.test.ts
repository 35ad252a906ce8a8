import { readBalance, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newClock, secondPersonAboveNanoUsd } from '../billing.fixture.ts';
import type { BillingDeps } from '../deps.ts';
import { newCode, normalizeCode } from './code-text.ts';
import {
  approveRedeemBatch,
  createRedeemBatch,
  disableRedeemBatch,
  listRedeemBatches,
  maxCodesPerBatch,
  type NewRedeemBatch,
} from './redeem-batches.ts';
import { redeemCode } from './redeem-code.ts';

const clock = newClock();
const pepper = 'pepper';
let db: TestDatabase;
let deps: BillingDeps;

beforeAll(async () => {
  db = await createTestDatabase(30);
  const providers = { current: undefined, find: () => undefined };
  deps = { database: db.database, providers, clock, secondPersonAboveNanoUsd, siteUrl: '' };
});
afterAll(async () => {
  expect(await verifyBooks(db.database)).toEqual([]);
  await db.drop();
});

const make = (more: Partial<NewRedeemBatch> = {}) =>
  createRedeemBatch(deps, {
    ...{
      name: 'Spring',
      codes: 1,
      tokensPerCode: 1_000n,
      oncePerOrganization: false,
      pepper,
      actor: { userId: 'usr_staff' },
    },
    ...more,
  });
const codesOf = (csv: string) =>
  csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
const redeem = (code: string, organizationId: string) =>
  redeemCode(deps, { code, organizationId, pepper, actor: { userId: 'usr_1' } });
const posted = async (organizationId: string) => (await readBalance(db.database, organizationId)).postedNanoUsd;

test('a code that a hundred redeem at once is one organization’s, and credits it once', async () => {
  const { csv } = await make();
  const [code = ''] = codesOf(csv);
  const tries = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) => redeem(code, `org_many_${index % 10}`)),
  );
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'code_used' });
  const balances = await Promise.all(Array.from({ length: 10 }, (_, index) => posted(`org_many_${index}`)));
  expect(balances.reduce((sum, one) => sum + one, 0n)).toBe(1_000_000n);
});

test('a code works however it is typed, and what looks like one does not', async () => {
  const { csv } = await make();
  const [code = ''] = codesOf(csv);
  await expect(redeem(newCode(), 'org_typed')).rejects.toMatchObject({ code: 'code_unknown' });
  await expect(redeem('<script>', 'org_typed')).rejects.toMatchObject({ code: 'code_unknown' });
  await redeem(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `, 'org_typed');
  expect(await posted('org_typed')).toBe(1_000_000n);
  expect(normalizeCode('oil0-oil0-oil0-oil0')).toBe('0110011001100110');
});

test('a batch’s text is in its answer and nowhere in the database', async () => {
  const { csv, batchId } = await make({ codes: 50, expiresAt: new Date(Date.now() + 86_400_000) });
  const codes = codesOf(csv);
  expect(new Set(codes).size).toBe(50);
  expect(csv.split('\r\n')[0]).toBe('code,tokens,expires_at');
  const stored = JSON.stringify(
    await db.database.query(
      `SELECT c.id, encode(digest, 'escape') AS digest, last4, b.name FROM redeem_code c JOIN redeem_batch b ON b.id = batch_id`,
    ),
  ).toLowerCase();
  for (const code of codes) expect(stored).not.toContain(normalizeCode(code));
  await redeem(codes[0]!, 'org_csv');
  expect(await listRedeemBatches(deps)).toContainEqual(
    expect.objectContaining({ id: batchId, codes: 50, redeemed: 1 }),
  );
});

test('where an organization may use one code of a batch, ten at once give it one', async () => {
  const { csv } = await make({ codes: 10, oncePerOrganization: true });
  const tries = await Promise.allSettled(codesOf(csv).map((code) => redeem(code, 'org_once')));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'code_used' });
  expect(await posted('org_once')).toBe(1_000_000n);
});

test('codes of a batch that is over, stopped or not approved do nothing', async () => {
  const over = await make({ expiresAt: new Date(clock.now() + 1_000) });
  clock.aheadMs = 2_000;
  await expect(redeem(codesOf(over.csv)[0]!, 'org_over')).rejects.toMatchObject({ code: 'code_expired' });
  clock.aheadMs = 0;
  const stopped = await make();
  expect(await disableRedeemBatch(deps, { batchId: stopped.batchId, actor: { userId: 'usr_staff' } })).toBe(true);
  await expect(redeem(codesOf(stopped.csv)[0]!, 'org_over')).rejects.toMatchObject({ code: 'code_expired' });
  const large = await make({ codes: 21, tokensPerCode: 1_000_000n });
  expect(large.state).toBe('proposed');
  const [code = ''] = codesOf(large.csv);
  await expect(redeem(code, 'org_large')).rejects.toMatchObject({ code: 'code_unknown' });
  const approve = (userId: string) => approveRedeemBatch(deps, { batchId: large.batchId, actor: { userId } });
  await expect(approve('usr_staff')).rejects.toMatchObject({ code: 'another_person_needed' });
  await approve('usr_other');
  await expect(approve('usr_third')).rejects.toMatchObject({ code: 'batch_closed' });
  expect(await redeem(code, 'org_large')).toEqual({ amountNanoUsd: 1_000_000_000n });
});

test('a batch has sound figures', async () => {
  const wrong: Partial<NewRedeemBatch>[] = [
    ...[{ codes: 0 }, { codes: 1.5 }, { codes: maxCodesPerBatch + 1 }, { tokensPerCode: 0n }, { tokensPerCode: -5n }],
    ...[{ name: ' ' }, { expiresAt: new Date(0) }],
  ];
  for (const more of wrong) await expect(make(more)).rejects.toMatchObject({ code: 'batch_invalid' });
});
