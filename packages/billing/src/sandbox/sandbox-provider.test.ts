import { systemClock } from '@ai-bridge/domain';
import { readBalance } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrder, secondPersonAboveNanoUsd, stateOf } from '../billing.fixture.ts';
import type { BillingDeps } from '../deps.ts';
import { followOrder } from '../orders/follow-order.ts';
import { chooseProviders } from '../payments/choose-providers.ts';
import { endSandboxCheckout } from './sandbox-provider.ts';

let db: TestDatabase;
let deps: BillingDeps;

beforeAll(async () => {
  db = await createTestDatabase();
  const of = { database: db.database, clock: systemClock, env: {}, siteUrl: 'http://site.example' };
  const providers = chooseProviders({ ...of, isSandboxAllowed: true });
  deps = { database: db.database, providers, clock: systemClock, secondPersonAboveNanoUsd };
  await db.database.query(
    `INSERT INTO plan (id, tokens, amount_minor, currency) VALUES ('starter', 10000000, 990, 'usd')`,
  );
});
afterAll(() => db.drop());

test('a sandbox payment ends once, as a bank’s would: paid, declined, or not at all', async () => {
  for (const [end, state, postedNanoUsd] of [
    ['paid', 'paid', 10_000_000_000n],
    ['declined', 'canceled', 0n],
    ['expired', 'expired', 0n],
  ] as const) {
    const organizationId = `org_sandbox_${end}`;
    const order = await openOrder(deps, organizationId);
    expect(order.checkoutUrl).toBe(`/console/checkout/${order.sessionId}`);
    expect(await followOrder(deps, order.id)).toBe('pending');
    expect(await endSandboxCheckout(db.database, order.sessionId, end)).toBe(true);
    expect(await endSandboxCheckout(db.database, order.sessionId, 'paid')).toBe(false);
    expect(await followOrder(deps, order.id)).toBe(state);
    expect(await stateOf(deps, order.id)).toBe(state);
    expect((await readBalance(db.database, organizationId)).postedNanoUsd).toBe(postedNanoUsd);
  }
});
