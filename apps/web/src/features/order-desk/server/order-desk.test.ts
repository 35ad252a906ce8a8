import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let mine: string;
let theirs: string;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  mine = await world.paidOrder(world.own.organizationId);
  theirs = await world.paidOrder(world.foreign.organizationId);
});
afterAll(() => db.drop());

const desk = async () => createCaller(await world.personWith({ staffRole: 'support' })).orderDesk;

test('an order is found by its id, its payment, its organization and a part of a member’s e-mail', async () => {
  const { list, read } = await desk();
  const { paymentId, sessionId } = await read({ orderId: mine });
  expect(paymentId).not.toBeNull();
  for (const search of [mine, paymentId!, sessionId!, world.own.organizationId, 'OWN@exam', ' own@example.com ']) {
    const { orders } = await list({ search });
    expect(
      orders.map(({ id }) => id),
      search,
    ).toEqual([mine]);
  }
  expect((await list({ search: 'nobody@example.com' })).orders).toEqual([]);
  expect((await list({})).orders.map(({ id }) => id)).toEqual([theirs, mine]);
});

test('a state narrows, and pages follow each other without a gap or a repetition', async () => {
  const { list } = await desk();
  expect((await list({ state: 'paid' })).orders).toHaveLength(2);
  expect((await list({ state: 'pending' })).orders).toEqual([]);
  await db.database.query(
    `INSERT INTO "order" (id, organization_id, client_key, title, tokens, bonus_tokens, credit_nano_usd, amount_minor, currency, provider,
       livemode, created_at, expires_at)
     SELECT 'ord_x' || n, $1, 'key_' || n, 'Many', 1000, 0, 1000000, 1, 'usd', 'sandbox', false, now() - (n / 3) * interval '1 h', now()
     FROM generate_series(1, 120) n`,
    [world.foreign.organizationId],
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ search: world.foreign.organizationId, cursor });
    seen.push(...page.orders.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(121);
  expect(new Set(seen).size).toBe(121);
});

test('an order’s page shows what was sold, who bought, the balance and what is unused, and looking is audited', async () => {
  const person = await world.personWith({ staffRole: 'support' });
  const order = await createCaller(person).orderDesk.read({ orderId: theirs });
  expect(order).toMatchObject({
    ...{ state: 'paid', tokens: 10_000_000n, amountMinor: 990n, currency: 'usd', provider: 'sandbox', livemode: false },
    organization: { id: world.foreign.organizationId, owners: ['foreign@example.com'] },
    balance: { postedNanoUsd: 10_000_000_000n, frozen: false },
    unused: { refundable: { maxAmountMinor: 990n } },
    ...{ refunds: [], disputes: [], alarms: [] },
  });
  expect(Object.keys(order)).not.toContain('clientKey');
  expect(Object.keys(order)).not.toContain('checkoutUrl');
  const looked = await db.prisma.auditLog.findMany({
    where: { actorUserId: person.session!.user.id, action: 'staff.view' },
  });
  expect(looked).toMatchObject([
    { action: 'staff.view', target: theirs, organizationId: world.foreign.organizationId },
  ]);
  await expect((await desk()).read({ orderId: 'ord_unknown' })).rejects.toMatchObject({ message: 'not_found' });
});
