const beforePayment = ['pending', 'expired', 'canceled'] as const;
const afterPayment = ['paid', 'partially_refunded', 'refunded', 'disputed'] as const;

/** pending, then paid or closed without money; once paid, what became of the money. */
export const orderStates = [...beforePayment, ...afterPayment] as const;
export type OrderState = (typeof orderStates)[number];

/** Where an order may go. Money that arrives after an order was closed is still the customer's: it is credited. */
const transitions: Readonly<Record<OrderState, readonly OrderState[]>> = {
  pending: ['paid', 'expired', 'canceled'],
  expired: ['paid'],
  canceled: ['paid'],
  paid: afterPayment,
  partially_refunded: afterPayment,
  refunded: afterPayment,
  disputed: afterPayment,
};

export function canBecome(from: OrderState, to: OrderState): boolean {
  return from !== to && transitions[from].includes(to);
}

export const isPaidState = (state: OrderState): boolean => (afterPayment as readonly OrderState[]).includes(state);

/**
 * What a paid order is called, by what became of its money.
 * @param of.isDisputed a dispute is open, or was lost
 */
export function stateOfPaidOrder(of: {
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly isDisputed: boolean;
}): OrderState {
  if (of.isDisputed) return 'disputed';
  if (of.refundedMinor === 0n) return 'paid';
  return of.refundedMinor < of.amountMinor ? 'partially_refunded' : 'refunded';
}
