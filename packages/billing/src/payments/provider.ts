import type { DisputeState } from '../disputes/dispute-states.ts';
import type { RefundState } from '../refunds/refund-states.ts';
import type { CheckoutOrder } from './checkout-order.ts';
import type { KeysCheck } from './keys-check.ts';
import type { SavedPayments } from './saved-payments.ts';

export type { CheckoutOrder };

export type ProviderName = 'stripe' | 'sandbox';

export interface Checkout {
  readonly sessionId: string;
  /** Where the customer pays; a path for a page of this very site. */
  readonly url: string;
}

/** A refund as its provider has it. */
export interface ProviderRefund {
  readonly id: string;
  /** The refund of ours that it was made for, by its own word; undefined where somebody made it there. */
  readonly refundId: string | undefined;
  readonly state: Extract<RefundState, 'submitted' | 'succeeded' | 'failed' | 'cancelled'>;
  /** The provider's own word for it. */
  readonly status: string;
  readonly amountMinor: bigint;
}

export interface ProviderDispute {
  readonly id: string;
  readonly state: DisputeState;
  readonly status: string;
  readonly amountMinor: bigint;
  readonly reason: string | undefined;
}

/** All that a provider knows of one checkout just now: events say that something changed, this says what is. */
export interface PaymentView {
  readonly checkout: 'open' | 'complete' | 'expired';
  /** processing: may still arrive; failed: will not. */
  readonly payment: 'none' | 'processing' | 'paid' | 'failed';
  readonly paymentId: string | undefined;
  /** What has arrived. */
  readonly paidMinor: bigint;
  readonly currency: string;
  readonly livemode: boolean;
  /** Oldest first. */
  readonly refunds: readonly ProviderRefund[];
  readonly disputes: readonly ProviderDispute[];
}

/** What an event is about. Only a pointer: nothing else of an event is believed. */
export interface EventNotice {
  readonly id: string;
  readonly type: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly livemode: boolean;
  /** Set where the event is of somebody else's account. */
  readonly account: string | undefined;
  readonly occurredAt: Date;
}

/** What a provider has since a moment, for comparing; `isWhole` is false where there was more than one run takes. */
export interface ProviderChanges {
  readonly events: readonly EventNotice[];
  readonly paidSessionIds: readonly string[];
  readonly refunds: readonly { readonly id: string; readonly status: string; readonly paymentId: string }[];
  readonly disputes: readonly { readonly id: string; readonly status: string; readonly paymentId: string }[];
  readonly isWhole: boolean;
}

/**
 * Who takes the money. Every call may be repeated: what is made is made once for an order, a refund.
 * All methods throw PaymentProviderError.
 */
export interface PaymentProvider {
  readonly name: ProviderName;
  /** False: no real money moves. */
  readonly livemode: boolean;
  readonly saved: SavedPayments;
  openCheckout(order: CheckoutOrder): Promise<Checkout>;
  /** Ends a checkout, or the charge of a saved method, that has not been paid; nothing where it has ended. */
  closeCheckout(sessionId: string): Promise<void>;
  /** @param sessionId a checkout's, or that of the charge of a saved method */
  readPayment(sessionId: string): Promise<PaymentView>;
  /** The checkout that an event is about, by asking for its object; undefined where there is none. */
  findSession(notice: Pick<EventNotice, 'objectType' | 'objectId'>): Promise<string | undefined>;
  createRefund(refund: ProviderRefundInput): Promise<ProviderRefund>;
  /** The provider's own receipt of a payment, on its site; undefined where it has none. */
  readReceiptUrl(paymentId: string): Promise<string | undefined>;
  /** What changed since `objectsSince` (objects by when they were made) and `eventsSince`. */
  listChanges(since: { readonly objectsSince: Date; readonly eventsSince: Date }): Promise<ProviderChanges>;
  /** Asks for what changes nothing, and says what came of it, failures too; undefined where there are no keys. @param webhookAddress where events have to come */
  checkKeys(webhookAddress: string): Promise<KeysCheck | undefined>;
  /** Proves that an event is the provider's. @throws BillingError event_invalid */
  readEvent(rawBody: Buffer, signature: string | undefined): EventNotice | undefined;
}

export interface ProviderRefundInput {
  readonly refundId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** refused: asked again, the answer is the same; unavailable: it may have been done, and asking again is safe. */
export type ProviderFailure = 'refused' | 'unavailable';

/** A provider that did not do what it was asked. The message is for staff: no secrets, nothing of the request. */
export class PaymentProviderError extends Error {
  override readonly name = 'PaymentProviderError';
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }

  /** By its name: a bundler loads this module more than once in one process, and one provider serves all its copies. */
  static override [Symbol.hasInstance](value: unknown): value is PaymentProviderError {
    return value instanceof Error && value.name === 'PaymentProviderError';
  }
}

/** Providers by name: new orders go to `current`, each order stays with its own. */
export interface PaymentProviders {
  /** Undefined: nothing can be bought here. */
  readonly current: PaymentProvider | undefined;
  find(name: ProviderName): PaymentProvider | undefined;
}
