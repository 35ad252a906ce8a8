import type { CheckoutOrder } from './checkout-order.ts';

/** A way to pay that the provider keeps for an organization. */
export interface SavedMethod {
  /** The provider's own id. */
  readonly id: string;
  /** As people know it: visa, mastercard ... */
  readonly brand: string;
  readonly last4: string;
}

/** How far a customer is with saving one. */
export interface SetupView {
  readonly state: 'open' | 'complete' | 'expired';
  /** Set once it is complete. */
  readonly method: SavedMethod | undefined;
}

/** Why a saved method pays nothing. declined: may do another day; the others: not without its owner. */
export type ChargeRefusal = 'declined' | 'authentication_required' | 'method_missing';

/** tried: what came of it is read from the payment. */
export type ChargeOutcome = 'tried' | { readonly refused: ChargeRefusal };

/** Payments while the customer is away. All methods throw PaymentProviderError, and all may be repeated. */
export interface SavedPayments {
  /** Who pays, as the provider names them. */
  createCustomer(of: {
    readonly organizationId: string;
    readonly email: string | undefined;
    readonly name: string;
  }): Promise<string>;
  /** A page where a method is saved; a path for a page of this very site. */
  openSetup(of: { readonly organizationId: string; readonly customerId: string }): Promise<{
    readonly setupId: string;
    readonly url: string;
  }>;
  readSetup(setupId: string): Promise<SetupView>;
  /** Nothing where it is gone already. */
  forgetMethod(methodId: string): Promise<void>;
  /** Makes the payment of an order, once for an order, and takes no money yet. @returns its id, which stands for a checkout's */
  openCharge(order: CheckoutOrder, by: { readonly customerId: string; readonly methodId: string }): Promise<string>;
  /** Takes the money of a payment that was made so, unless that was tried before: a payment takes it once, however often it is asked. */
  confirmCharge(charge: {
    readonly paymentId: string;
    readonly methodId: string;
    /** Names the try. */
    readonly attempt: number;
  }): Promise<ChargeOutcome>;
}
