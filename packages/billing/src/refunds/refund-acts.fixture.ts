import { captureBatch, readBalance, startWorker, takeLease } from '@ai-bridge/ledger';
import { buy, type Shop } from '../billing.fixture.ts';
import { approveRefund } from './approve-refund.ts';
import { requestRefund } from './request-refund.ts';
import { submitRefund } from './submit-refund.ts';

export type RefundActs = ReturnType<typeof refundActs>;

/** What a customer, the staff and a worker do around a refund, for one organization of a shop. */
export function refundActs({ db, stripe, deps, organizationId }: Shop) {
  const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;
  const bought = (planId?: string) => buy(deps, stripe, organizationId, planId);
  const spend = (chargeNanoUsd: bigint, name = 'a') =>
    captureBatch(db.database, {
      workerId: 'w',
      charges: [{ requestId: `${organizationId}_${name}`, organizationId, chargeNanoUsd }],
    });
  const ask = (orderId: string, amountMinor?: bigint) =>
    requestRefund(deps, { orderId, organizationId, amountMinor, reason: 'too much', actor: { userId: 'usr_buyer' } });
  const approve = (refundId: string, userId = 'usr_support', amountMinor?: bigint) =>
    approveRefund(deps, { refundId, amountMinor, reason: 'unused', actor: { userId } });
  const refunded = async (orderId: string, amountMinor?: bigint) => {
    const { id } = await ask(orderId, amountMinor);
    await approve(id);
    return submitRefund(deps, id);
  };
  const madeAtStripe = (sessionId: string) => {
    const intent = stripe.get(sessionId).payment_intent;
    const refunds = stripe.events.filter(
      ({ type, data }) => type === 'refund.created' && data.object.payment_intent === intent,
    );
    return refunds.map(({ data }) => data.object.amount);
  };
  const worker = async (wantNanoUsd: bigint) => {
    const workerId = `w_${organizationId}`;
    const { epoch } = await startWorker(db.database, { workerId, address: 'here' });
    const lease = { workerId, epoch, organizationId };
    await takeLease(db.database, { ...lease, wantNanoUsd, minNanoUsd: 1n, ttlMs: 60_000 });
    return lease;
  };
  return { posted, bought, spend, ask, approve, refunded, madeAtStripe, worker };
}
