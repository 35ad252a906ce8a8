import { findOrder, type Refund } from '@ai-bridge/billing';
import { readBalance } from '@ai-bridge/ledger';
import { peopleOf, unusedOf } from '#features/order-desk/server/order-view.ts';
import { refundView } from '#features/order-desk/server/refund-view.ts';
import { answerReader } from '#features/reply/server/answer-reader.ts';
import { billingInForce } from '#server/billing-in-force.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { organizationNames, ownersOf } from '#server/organizations.ts';
import { findPeople } from '#server/people.ts';

/** What keeps somebody from deciding on a refund: they asked for it, or approved it before. */
export type OwnPart = 'asked' | 'approved' | undefined;

/** A refund with all that its decision rests on, for one of the staff. */
export async function deskRefund(deps: Deps, refund: Refund, userId: string) {
  const { organizationId, orderId } = refund;
  const [order, personOf, nameOf, owners, balance, unused, reader, { secondPersonAboveNanoUsd }] = await Promise.all([
    findOrder(deps.database, orderId),
    findPeople(deps, peopleOf(refund)),
    organizationNames(deps, [organizationId]),
    ownersOf(deps, organizationId),
    readBalance(deps.database, organizationId),
    unusedOf(deps, orderId),
    answerReader(deps, { organizationId, askedByUserId: refund.requestedByUserId }),
    billingInForce(deps),
  ]);
  if (!order) throw refuse('not_found');
  const { title, amountMinor, currency, state, paidAt, provider, paymentId } = order;
  return {
    ...refundView(refund, personOf),
    ...{ balance, unused, reader, ownPart: ownPartOf(refund, userId) },
    secondPersonAboveNanoUsd,
    order: { id: orderId, title, amountMinor, currency, state, paidAt, provider, paymentId },
    organization: { ...nameOf(organizationId), owners },
  };
}

function ownPartOf({ requestedByUserId, approvedByUserId }: Refund, userId: string): OwnPart {
  if (requestedByUserId === userId) return 'asked';
  return approvedByUserId === userId ? 'approved' : undefined;
}
