import { captureBatch, readBalance, verifyBooks } from '@ai-bridge/ledger';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clock, openOrder, type Shop, withShop } from '../billing.fixture.ts';
import { BillingError } from '../billing-error.ts';
import { readDisputes } from '../disputes/dispute-row.ts';
import { applyEvents } from '../events/apply-events.ts';
import { receiveEvent } from '../events/receive-event.ts';
import { followOrder } from '../orders/follow-order.ts';
import { lookAtOrders } from '../orders/look-at-orders.ts';
import { type Order, readOrder } from '../orders/order-row.ts';
import { approveRefund } from './approve-refund.ts';
import { cancelRefund } from './cancel-refund.ts';
import { readOrderAccount } from './order-account.ts';
import { listRefunds } from './refund-row.ts';
import { requestRefund } from './request-refund.ts';
import { submitRefunds } from './submit-refund.ts';

let { db, stripe, deps } = {} as Shop;
let runs = 0;
withShop('random_payments', 20, (shop) => {
  ({ db, stripe, deps } = shop);
});

const share = fc.integer({ min: 1, max: 100 });
const step = fc.oneof(
  fc.record({ does: fc.constant('spend' as const), share }),
  fc.record({ does: fc.constant('ask' as const), share }),
  fc.record({ does: fc.constant('approve' as const), share }),
  fc.record({ does: fc.constant('take back' as const), share }),
  fc.record({ does: fc.constant('submit' as const), share }),
  fc.record({ does: fc.constant('go wrong' as const), share }),
  fc.record({ does: fc.constant('refund there' as const), share }),
  fc.record({ does: fc.constant('move refund' as const), share }),
  fc.record({ does: fc.constant('dispute' as const), share }),
  fc.record({ does: fc.constant('move dispute' as const), share }),
  fc.record({ does: fc.constant('tell' as const), share }),
  fc.record({ does: fc.constant('look' as const), share }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What it may throw is a refusal with a code; anything else is a fault. */
const orRefuse = (work: Promise<unknown>) =>
  work.catch((error) => {
    if (!(error instanceof BillingError)) throw error;
  });

class History {
  readonly order: Order & { readonly sessionId: string };
  readonly #firstEvent = stripe.events.length;
  /** What the customer has used, overrun aside. */
  used = 0n;
  #steps = 0;

  constructor(order: Order & { readonly sessionId: string }) {
    this.order = order;
  }

  async take({ does, share }: Step): Promise<void> {
    const { id: orderId, organizationId, sessionId } = this.order;
    this.#steps++;
    clock.aheadMs += 45_000;
    if (does === 'spend') {
      const { availableNanoUsd } = await readBalance(db.database, organizationId);
      const chargeNanoUsd = (availableNanoUsd * BigInt(share)) / 100n;
      await captureBatch(db.database, {
        workerId: 'w',
        charges: [{ requestId: `${orderId}-${this.#steps}`, organizationId, chargeNanoUsd }],
      });
      this.used += chargeNanoUsd;
    }
    if (does === 'ask') {
      const amountMinor = share > 60 ? undefined : (990n * BigInt(share)) / 100n + 1n;
      await orRefuse(requestRefund(deps, { orderId, organizationId, amountMinor, actor: { userId: 'usr_buyer' } }));
    }
    const open = (await listRefunds(db.database, orderId)).find(
      ({ state }) => state === 'requested' || state === 'reserved',
    );
    if (does === 'approve' && open) {
      await orRefuse(approveRefund(deps, { refundId: open.id, reason: 'r', actor: { userId: `usr_${share}` } }));
    }
    if (does === 'take back' && open && share > 70) {
      await orRefuse(cancelRefund(deps, { refundId: open.id, reason: 'r', actor: { userId: 'usr_buyer' } }));
    }
    if (does === 'submit') await submitRefunds(deps);
    if (does === 'go wrong') {
      stripe.refundsBecome(share > 50 ? 'pending' : 'succeeded');
      if (share % 2 === 0) stripe.mishaps('POST', '/v1/refunds', { status: 403 });
    }
    this.#atStripe(does, share, sessionId);
    if (does === 'tell') await this.#tell(share);
    if (does === 'look') await followOrder(deps, orderId);
  }

  #atStripe(does: Step['does'], share: number, sessionId: string): void {
    const intent = stripe.get(sessionId).payment_intent;
    const charge = stripe.get(String(stripe.get(String(intent)).latest_charge));
    const left = Number(charge.amount) - Number(charge.amount_refunded);
    if (does === 'refund there' && share > 60 && left > 0 && !charge.disputed) {
      stripe.refundInDashboard(sessionId, Math.max(1, Math.floor((left * share) / 100)));
    }
    const mine = this.#events.filter(({ data }) => data.object.payment_intent === intent);
    const refunds = [
      ...new Set(mine.filter(({ type }) => type === 'refund.created').map(({ data }) => data.object.id)),
    ];
    const refund = refunds[share % Math.max(1, refunds.length)];
    const status = refund && stripe.get(refund).status;
    if (does === 'move refund' && refund && status === 'pending') {
      stripe.moveRefund(refund, (['succeeded', 'failed', 'canceled'] as const)[share % 3]!);
    } else if (does === 'move refund' && refund && status === 'succeeded' && share > 70 && !charge.disputed) {
      stripe.moveRefund(refund, 'failed');
    }
    const disputes = [
      ...new Set(mine.filter(({ type }) => type === 'charge.dispute.created').map(({ data }) => data.object.id)),
    ];
    if (does === 'dispute' && share > 50 && disputes.length === 0 && left > 0) stripe.dispute(sessionId);
    const [dispute] = disputes;
    if (does === 'move dispute' && dispute && stripe.get(dispute).status === 'needs_response') {
      stripe.moveDispute(dispute, share > 50 ? 'won' : 'lost');
    }
  }

  get #events() {
    return stripe.events.slice(this.#firstEvent);
  }

  async #tell(share: number): Promise<void> {
    const event = this.#events[share % Math.max(1, this.#events.length)];
    if (!event) return;
    await receiveEvent(deps, { provider: 'stripe', ...stripe.sign(event) });
    await applyEvents(deps);
  }

  /** Lets everything that is under way come to where it can by itself. */
  async settle(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      clock.aheadMs += 2 * 60 * 60_000;
      await submitRefunds(deps);
      await lookAtOrders(deps);
    }
    await followOrder(deps, this.order.id);
  }

  /** Tokens add up; and whoever has money back has no tokens for it, but for a unit's rounding. */
  async check(): Promise<void> {
    const { id: orderId, organizationId } = this.order;
    const order = await readOrder(db.database, { orderId, organizationId });
    const account = await readOrderAccount(db.database, order);
    const returnedHere = account.returns.filter(({ state }) => state !== 'reserved');
    const taken = account.returns.reduce((sum, one) => sum + one.takenNanoUsd, 0n);
    expect(account.leftNanoUsd + this.used + taken).toBe(account.boughtNanoUsd);
    const charge = stripe.get(
      String(stripe.get(String(stripe.get(this.order.sessionId).payment_intent)).latest_charge),
    );
    const disputed = (await readDisputes(db.database, orderId))
      .filter(({ state }) => state === 'open' || state === 'lost')
      .reduce((sum, one) => sum + one.amountMinor, 0n);
    const returnedMinor = BigInt(Number(charge.amount_refunded)) + disputed;
    expect(returnedHere.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(returnedMinor);
    expect(returnedMinor).toBeLessThanOrEqual(order.amountMinor);
    const refunds = BigInt((await listRefunds(db.database, orderId)).length + 1);
    const { leftNanoUsd, boughtNanoUsd } = account;
    expect(leftNanoUsd * order.amountMinor).toBeLessThanOrEqual(
      (order.amountMinor - returnedMinor + refunds) * boughtNanoUsd,
    );
    expect(await verifyBooks(db.database)).toEqual([]);
  }
}

test('whatever customers, staff, banks and the Dashboard do, in whichever order it is told: tokens add up, and no money is had twice', async () => {
  const history = async (steps: Step[]) => {
    stripe.refundsBecome('succeeded');
    stripe.behave();
    const order = await openOrder(deps, `org_random_${++runs}`);
    const run = new History(order);
    stripe.pay(order.sessionId);
    await followOrder(deps, order.id);
    for (const one of steps) await run.take(one);
    await run.settle();
    await run.check();
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), history), { numRuns: 25 });
}, 240_000);
