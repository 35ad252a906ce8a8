import { redeemCode } from '@ai-bridge/billing';
import { readBalance } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const finance = async () => createCaller(await world.personWith({ staffRole: 'finance' })).creditDesk;
const posted = async () => (await readBalance(db.database, world.foreign.organizationId)).postedNanoUsd;

test('codes are told once, give what they say, and their text is kept nowhere', async () => {
  const desk = await finance();
  const made = await desk.createBatch({ name: 'Spring', codes: 3, tokensPerCode: 1_000n, oncePerOrganization: true });
  const codes = made.csv.trim().split('\r\n').slice(1);
  expect(codes).toHaveLength(3);
  const [code = ''] = codes.map((line) => line.split(',')[0]);
  const listed = await desk.batches();
  const audit = await db.prisma.auditLog.findMany({ where: { target: made.batchId } });
  const told = JSON.stringify([listed, audit], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  expect(told).not.toContain(code);
  expect(listed).toMatchObject([{ name: 'Spring', codes: 3, redeemed: 0, state: 'active', isOwn: true }]);
  const before = await posted();
  const { organizationId } = world.foreign;
  await redeemCode(world.deps.billing, {
    organizationId,
    code,
    pepper: world.deps.keyPepper,
    actor: { userId: 'usr_1' },
  });
  expect(await posted()).toBe(before + 1_000_000n);
  expect(await desk.batches()).toMatchObject([{ redeemed: 1 }]);
});

test('a batch above the limit works once a second person has approved it, and not by who made it', async () => {
  const [first, second] = [await finance(), await finance()];
  const big = { name: 'Big', codes: 2, tokensPerCode: 100_000_000n, oncePerOrganization: false };
  const { batchId, state } = await first.createBatch(big);
  expect(state).toBe('proposed');
  await expect(first.approveBatch({ batchId })).rejects.toMatchObject({ message: 'another_person_needed' });
  await second.approveBatch({ batchId });
  const find = async () => (await second.batches()).find(({ id }) => id === batchId);
  expect(await find()).toMatchObject({ state: 'active', isOwn: false });
  await second.disableBatch({ batchId });
  expect(await find()).toMatchObject({ state: 'disabled' });
});

test('a small correction is made at once; a large one waits for somebody else, who may refuse it', async () => {
  const [first, second] = [await finance(), await finance()];
  const { organizationId } = world.foreign;
  const before = await posted();
  const adjust = (tokens: bigint, reason = 'an outage') => first.adjust({ organizationId, tokens, reason });
  expect(await adjust(5_000n)).toEqual({ state: 'applied' });
  expect(await adjust(-2_000n)).toEqual({ state: 'applied' });
  expect(await posted()).toBe(before + 3_000_000n);
  expect(await adjust(200_000_000n)).toEqual({ state: 'proposed' });
  const [waiting] = await second.adjustments();
  expect(waiting).toMatchObject({
    amountNanoUsd: 200_000_000_000n,
    organization: { id: organizationId },
    isOwn: false,
  });
  const decision = { adjustmentId: waiting!.id, isApproved: true };
  await expect(first.decideAdjustment(decision)).rejects.toMatchObject({ message: 'another_person_needed' });
  expect(await second.decideAdjustment({ ...decision, isApproved: false })).toEqual({ state: 'rejected' });
  expect(await posted()).toBe(before + 3_000_000n);
  await expect(second.decideAdjustment(decision)).rejects.toMatchObject({ message: 'adjustment_closed' });
  await expect(adjust(0n)).rejects.toMatchObject({ message: 'amount_invalid' });
  await expect(adjust(1n, ' ')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(first.adjust({ organizationId: 'org_unknown', tokens: 1n, reason: 'x' })).rejects.toMatchObject({
    message: 'not_found',
  });
});
