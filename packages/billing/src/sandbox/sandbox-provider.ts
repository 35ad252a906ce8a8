import { randomBytes } from 'node:crypto';
import type { Database } from '@ai-bridge/db';
import { BillingError } from '../billing-error.ts';
import { type PaymentProvider, PaymentProviderError, type PaymentView } from '../payments/provider.ts';
import { createSandboxCards } from './sandbox-cards.ts';

/** How a sandbox checkout can end: paid, refused by the bank, or left alone until its time is over. */
export type SandboxEnd = 'paid' | 'declined' | 'expired';

export interface SandboxPayment {
  readonly sessionId: string;
  readonly orderId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: 'open' | SandboxEnd;
}

/** What a sandbox payment is called in our own table, so that nobody takes it for money. */
const sessionPrefix = 'sandbox_';
const paymentOf = (sessionId: string) => sessionId.replace(sessionPrefix, 'sandbox_payment_');

/**
 * Payments without money, for sites that have no keys of a provider: the customer gets a page of ours, plainly labelled, that says paid or not.
 * All else goes the same way. Its page is named by a path alone, so that it is there by whichever host the site is reached.
 */
export function createSandboxProvider(database: Database): PaymentProvider {
  return {
    name: 'sandbox',
    livemode: false,
    saved: createSandboxCards(database),
    async openCheckout(order) {
      const sessionId = `${sessionPrefix}${randomBytes(16).toString('hex')}`;
      const [row] = await database.query<{ sessionId: string }>(
        `INSERT INTO sandbox_payment AS p (session_id, order_id, amount_minor, currency) VALUES ($1, $2, $3, $4)
         ON CONFLICT (order_id) DO UPDATE SET order_id = p.order_id RETURNING session_id AS "sessionId"`,
        [sessionId, order.orderId, order.amountMinor, order.currency],
      );
      if (!row) throw new Error('a sandbox checkout was not written');
      return { sessionId: row.sessionId, url: `/console/checkout/${row.sessionId}` };
    },
    async closeCheckout(sessionId) {
      await endSandboxCheckout(database, sessionId, 'expired');
    },
    readPayment: (sessionId) => readPayment(database, sessionId),
    findSession: async ({ objectType, objectId }) => (objectType === 'checkout.session' ? objectId : undefined),
    async createRefund({ refundId, paymentId, amountMinor }) {
      const rows = await database.query(
        `WITH payment AS (SELECT session_id, amount_minor FROM sandbox_payment WHERE status = 'paid' AND session_id = $2)
         INSERT INTO sandbox_refund (refund_id, session_id, amount_minor)
         SELECT $1, session_id, $3::bigint FROM payment
         WHERE amount_minor >= $3::bigint + (SELECT coalesce(sum(amount_minor), 0) FROM sandbox_refund WHERE session_id = $2 AND refund_id <> $1)
         ON CONFLICT (refund_id) DO UPDATE SET refund_id = excluded.refund_id RETURNING refund_id`,
        [refundId, paymentId.replace('sandbox_payment_', sessionPrefix), amountMinor],
      );
      if (rows.length === 0) throw new PaymentProviderError('refused', 'sandbox: more than was paid');
      return { id: `sandbox_${refundId}`, refundId, state: 'succeeded', status: 'succeeded', amountMinor };
    },
    readReceiptUrl: async () => undefined,
    checkKeys: async () => undefined,
    // Nothing happens there that is not done here.
    listChanges: async () => ({ events: [], paidSessionIds: [], refunds: [], disputes: [], isWhole: true }),
    readEvent() {
      throw new BillingError('event_invalid', 'the sandbox sends no events');
    },
  };
}

const checkoutStates = { open: 'open', paid: 'complete', declined: 'complete', expired: 'expired' } as const;

async function readPayment(database: Database, sessionId: string): Promise<PaymentView> {
  const payment = await readSandboxPayment(database, sessionId);
  const refunds = await database.query<{ refundId: string; amountMinor: bigint }>(
    `SELECT refund_id AS "refundId", amount_minor AS "amountMinor" FROM sandbox_refund WHERE session_id = $1 ORDER BY created_at`,
    [sessionId],
  );
  const isPaid = payment.status === 'paid';
  return {
    checkout: checkoutStates[payment.status],
    payment: isPaid ? 'paid' : payment.status === 'declined' ? 'failed' : 'none',
    paymentId: isPaid ? paymentOf(sessionId) : undefined,
    paidMinor: isPaid ? payment.amountMinor : 0n,
    ...{ currency: payment.currency, livemode: false, disputes: [] },
    refunds: refunds.map(({ refundId, amountMinor }) => ({
      ...{ id: `sandbox_${refundId}`, refundId, state: 'succeeded', status: 'succeeded', amountMinor },
    })),
  };
}

/** What the sandbox's page shows. @throws PaymentProviderError refused where there is no such checkout */
export async function readSandboxPayment(database: Database, sessionId: string): Promise<SandboxPayment> {
  const [payment] = await database.query<SandboxPayment>(
    `SELECT session_id AS "sessionId", order_id AS "orderId", amount_minor AS "amountMinor", currency, status
     FROM sandbox_payment WHERE session_id = $1`,
    [sessionId],
  );
  if (!payment) throw new PaymentProviderError('refused', 'sandbox: there is no such checkout');
  return payment;
}

/**
 * The buttons of the sandbox's page. The caller has checked that the customer may buy for the order's organization, and follows the order next.
 * @returns false where the checkout has ended before
 */
export async function endSandboxCheckout(database: Database, sessionId: string, end: SandboxEnd): Promise<boolean> {
  const rows = await database.query(
    `UPDATE sandbox_payment SET status = $2 WHERE session_id = $1 AND status = 'open' RETURNING session_id`,
    [sessionId, end],
  );
  return rows.length > 0;
}
