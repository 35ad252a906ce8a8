/** What a provider needs to ask a customer for an order's money. */
export interface CheckoutOrder {
  readonly orderId: string;
  readonly organizationId: string;
  readonly title: string;
  /** Smallest unit of the currency, as this site counts it. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly expiresAt: Date;
}
