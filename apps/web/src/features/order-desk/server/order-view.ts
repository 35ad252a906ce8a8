import {
  BillingError,
  type BillingErrorCode,
  listOpenAlarms,
  listOrderEvents,
  type Order,
  type Refundable,
  readOrderMatters,
  readRefundable,
} from '@ai-bridge/billing';
import { readBalance } from '@ai-bridge/ledger';
import { answerReader } from '#features/reply/server/answer-reader.ts';
import type { Deps } from '#server/deps.ts';
import { organizationNames, ownersOf } from '#server/organizations.ts';
import { findPeople } from '#server/people.ts';
import { refundView } from './refund-view.ts';

/** An order as staff read it: what was sold, what was paid, what came of it. */
export async function orderView(deps: Deps, order: Order) {
  const { database } = deps;
  const { clientKey: _, checkoutUrl: __, createdByUserId, ...sold } = order;
  const { refunds, disputes } = await readOrderMatters(database, order.id);
  const subjects = [order.id, ...refunds.map(({ id }) => id), ...disputes.map(({ id }) => id)];
  const [nameOf, owners, personOf, balance, events, alarms, unused, reader] = await Promise.all([
    organizationNames(deps, [order.organizationId]),
    ownersOf(deps, order.organizationId),
    findPeople(deps, [createdByUserId, ...refunds.flatMap(peopleOf)]),
    readBalance(database, order.organizationId),
    listOrderEvents(database, order.id),
    listOpenAlarms(database, subjects),
    unusedOf(deps, order.id),
    answerReader(deps, { organizationId: order.organizationId, askedByUserId: createdByUserId }),
  ]);
  return {
    ...sold,
    ...{ balance, disputes, events, alarms, unused, reader },
    organization: { ...nameOf(order.organizationId), owners },
    buyer: personOf(createdByUserId),
    refunds: refunds.map((refund) => refundView(refund, personOf)),
  };
}

/** What of an order could be paid back now; or why nothing can. */
export type Unused =
  | { readonly refundable: Refundable; readonly refusal?: undefined }
  | { readonly refundable?: undefined; readonly refusal: BillingErrorCode };

export async function unusedOf({ billing }: Pick<Deps, 'billing'>, orderId: string): Promise<Unused> {
  try {
    return { refundable: await readRefundable(billing, orderId) };
  } catch (error) {
    if (error instanceof BillingError) return { refusal: error.code };
    throw error;
  }
}

/** The ids of who had a part in a refund. */
export function peopleOf(refund: Parameters<typeof refundView>[0]): (string | null)[] {
  return [refund.requestedByUserId, refund.approvedByUserId, refund.secondApprovedByUserId];
}
