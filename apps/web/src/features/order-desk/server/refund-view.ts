import type { Refund } from '@ai-bridge/billing';
import type { Person } from '#server/people.ts';

/** A refund with the names of who had a part in it. */
export function refundView(refund: Refund, personOf: (id: string | null) => Person | null) {
  const { requestedByUserId, approvedByUserId, secondApprovedByUserId, ...rest } = refund;
  return {
    ...rest,
    requestedBy: personOf(requestedByUserId),
    approvedBy: personOf(approvedByUserId),
    secondApprovedBy: personOf(secondApprovedByUserId),
  };
}
