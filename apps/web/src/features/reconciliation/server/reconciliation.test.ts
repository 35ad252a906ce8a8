import { watchMargins } from '@ai-bridge/billing';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { readModelDays } from '@ai-bridge/usage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;

beforeEach(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterEach(() => db.drop());

const finance = async () => createCaller(await world.personWith({ staffRole: 'finance' }));

test('sound books agree, and a balance with money from nowhere is told with its organization', async () => {
  const { organizationId } = world.foreign;
  await world.paidOrder(organizationId);
  const caller = await finance();
  expect(await caller.reconciliation.books()).toMatchObject({ drifts: [], frozen: [] });
  await db.database.query('UPDATE balance SET posted_nano_usd = posted_nano_usd + 5 WHERE organization_id = $1', [
    organizationId,
  ]);
  const again = createCaller({ ...(await world.personWith({ staffRole: 'finance' })), deps: freshDeps() });
  expect(await again.reconciliation.books()).toMatchObject({
    drifts: [
      {
        ...{ check: 'balance_posted', expectedNanoUsd: 10_000_000_000n, actualNanoUsd: 10_000_000_005n },
        organization: { id: organizationId },
      },
    ],
  });
});

test('a frozen balance gives no refund, is listed, and can be let go; each with its reason in the audit log', async () => {
  const { organizationId } = world.foreign;
  const refundId = await world.askedRefund(organizationId);
  const caller = await finance();
  const freeze = (frozen: boolean) => caller.reconciliation.freeze({ organizationId, frozen, reason: 'books drift' });
  expect(await freeze(true)).toBe(true);
  expect(await freeze(true)).toBe(false);
  expect((await caller.reconciliation.books()).frozen).toMatchObject([{ organization: { id: organizationId } }]);
  const approve = () => caller.refundDesk.approve({ refundId, amountMinor: 495n, reason: 'unused' });
  await expect(approve()).rejects.toMatchObject({ message: 'balance_frozen' });
  expect(await freeze(false)).toBe(true);
  expect(await approve()).toEqual({ state: 'succeeded' });
  const where = { target: organizationId, action: { startsWith: 'balance.' } };
  const rows = await db.prisma.auditLog.findMany({ where, orderBy: { id: 'asc' } });
  expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
    ['balance.freeze', { reason: 'books drift' }],
    ['balance.unfreeze', { reason: 'books drift' }],
  ]);
});

test('what requests were charged is compared with what the ledger took, and what was never taken shows', async () => {
  const { usage } = (await finance()).reconciliation;
  // The world’s two requests were charged 17 each, and nobody captured that.
  const { days, total } = await usage();
  expect(total).toEqual({ chargedNanoUsd: 34n, capturedNanoUsd: 0n });
  expect(days).toEqual([{ day: new Date().toISOString().slice(0, 10), chargedNanoUsd: 34n, capturedNanoUsd: 0n }]);
});

test('what requests cost is set against what they were charged, and a loss is an alarm until somebody has dealt with it', async () => {
  const { reconciliation } = await finance();
  await db.database.query(
    `UPDATE usage_daily SET cost_nano_usd = 3000000000, charge_nano_usd = 2000000000 WHERE model <> '' AND ctid IN
     (SELECT ctid FROM usage_daily WHERE model <> '' LIMIT 1)`,
  );
  const { clock } = world.deps;
  await watchMargins({ database: db.database, clock, readModelDays });
  const { total, days, models, openAlarms } = await reconciliation.margins();
  expect(total).toMatchObject({ costNanoUsd: 3_000_000_000n, losses: 1 });
  expect(days).toMatchObject([{ day: new Date().toISOString().slice(0, 10), losses: 1 }]);
  expect(models[0]).toMatchObject({ marginBasisPoints: -5_000, losses: 1 });
  expect(openAlarms).toBe(1);
  expect(await reconciliation.marginTable()).toContain(`${models[0]?.model},2.000000017,3,-1,-50,`);
  const { alarms } = await reconciliation.payments();
  expect(alarms).toMatchObject([{ kind: 'sold_below_cost', detail: { model: models[0]?.model, costUsd: '3' } }]);
  await reconciliation.resolve({ alarmId: alarms[0]!.id });
  expect(await reconciliation.margins()).toMatchObject({ openAlarms: 0, total: { losses: 1 } });
});

/** As another process would have them: nothing remembered. */
function freshDeps() {
  const { prisma, database, keyPepper, sealingPublicKey, ownKeyPlaces, billing } = world.deps;
  return createDeps({
    prisma,
    database,
    keyPepper,
    sealingPublicKey,
    ownKeyPlaces,
    providers: billing.providers,
    siteUrl: billing.siteUrl,
  });
}
