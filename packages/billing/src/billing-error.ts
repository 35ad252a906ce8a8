/** Everything that packages/billing refuses, as a closed set; each edge words it once. */
export const billingErrorCodes = [
  'not_found',
  'client_key_invalid',
  /** The key of another order or refund. */
  'client_key_reused',
  'plan_not_on_sale',
  /** A plan that staff write: its id is in use, something of it is not right, or a configuration file owns it. */
  'plan_taken',
  'plan_invalid',
  'plan_owned_by_file',
  'amount_invalid',
  'order_closed',
  /** No payment provider is set up here. */
  'payments_unavailable',
  /** The payment provider does not answer just now. */
  'payment_provider_unavailable',
  'payment_provider_refused',
  'order_not_paid',
  'order_disputed',
  'refund_open',
  'refund_closed',
  'nothing_to_refund',
  'amount_too_high',
  'reason_needed',
  /** Who asked for it, or approved it before, cannot approve it. */
  'another_person_needed',
  /** The balance would do once requests under way have ended. */
  'balance_in_use',
  'balance_frozen',
  'insufficient_balance',
  'event_invalid',
  'code_unknown',
  'code_used',
  'code_expired',
  'batch_invalid',
  'batch_closed',
  'adjustment_closed',
  /** Nothing is saved that could pay while the customer is away. */
  'payment_method_needed',
  'top_up_invalid',
  'alert_invalid',
] as const;

export type BillingErrorCode = (typeof billingErrorCodes)[number];

/** A refusal that the person who asked may read. `reason` says in English what was expected; it never quotes a secret. */
export class BillingError extends Error {
  override readonly name = 'BillingError';
  readonly code: BillingErrorCode;
  readonly reason: string;

  constructor(code: BillingErrorCode, reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.code = code;
    this.reason = reason;
  }

  /** By its name: a bundler loads this module more than once in one process, and what one copy throws another one catches. */
  static override [Symbol.hasInstance](value: unknown): value is BillingError {
    return value instanceof Error && value.name === 'BillingError';
  }
}
