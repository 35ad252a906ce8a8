/** Who has to act on an error: the caller, the operator's upstream, this service, or nobody (busy, try again). */
export type Fault = 'client' | 'upstream' | 'service' | 'capacity';

/**
 * The closed set of what can go wrong on the relay. Each edge (a protocol, the console) maps a code once.
 * `retry` says whether the same request may succeed later; without it the answer carries x-should-retry: false.
 */
export const errorCodes = {
  invalid_api_key: { fault: 'client', status: 401, retry: false },
  model_not_allowed: { fault: 'client', status: 403, retry: false },
  organization_suspended: { fault: 'client', status: 403, retry: false },
  address_not_allowed: { fault: 'client', status: 403, retry: false },
  insufficient_balance: { fault: 'client', status: 402, retry: false },
  /** The balance, or what the key may spend, suffices only once requests under way have ended. */
  balance_in_use: { fault: 'client', status: 402, retry: true },
  /** What the key may spend in this day or month is spent. */
  spend_limit_reached: { fault: 'client', status: 402, retry: false },
  rate_limit_exceeded: { fault: 'client', status: 429, retry: true },
  invalid_request: { fault: 'client', status: 400, retry: false },
  method_not_allowed: { fault: 'client', status: 405, retry: false },
  not_found: { fault: 'client', status: 404, retry: false },
  model_not_found: { fault: 'client', status: 404, retry: false },
  upgrade_required: { fault: 'client', status: 426, retry: false },
  request_too_large: { fault: 'client', status: 413, retry: false },
  /** The customer's own key with a provider is not accepted there, and nothing else may answer. */
  own_key_refused: { fault: 'client', status: 403, retry: false },
  /** The provider has had enough of the customer's own key for now, and nothing else may answer. */
  own_key_limited: { fault: 'client', status: 429, retry: true },
  /** No channel serves this model now. */
  no_channel: { fault: 'capacity', status: 503, retry: true },
  /** The ledger cannot be reached and the credit already leased is used up. */
  ledger_unavailable: { fault: 'service', status: 503, retry: true },
  draining: { fault: 'service', status: 503, retry: true },
  /** The operator holds the relay while something is worked on. */
  maintenance: { fault: 'service', status: 503, retry: true },
  /** Every attempt failed. 529 on Anthropic routes, 503 elsewhere. */
  overloaded: { fault: 'upstream', status: 503, retry: true },
  upstream_timeout: { fault: 'upstream', status: 504, retry: true },
  /** The upstream broke the answer off after its first byte. */
  upstream_broke: { fault: 'upstream', status: 502, retry: true },
  internal: { fault: 'service', status: 500, retry: true },
} as const satisfies Record<string, { fault: Fault; status: number; retry: boolean }>;

export type ErrorCode = keyof typeof errorCodes;

/** An error that a caller may see. `detail` is data for the message; nothing internal belongs in it. */
export class RelayError extends Error {
  override readonly name = 'RelayError';
  readonly code: ErrorCode;
  readonly detail: RelayErrorDetail;

  constructor(code: ErrorCode, detail: RelayErrorDetail = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

export interface RelayErrorDetail {
  /** The model that was asked for, cut to a sane length. */
  readonly model?: string;
  /** The field or place the message speaks of. */
  readonly path?: string;
  /** What is wrong there, in English, for messages whose text depends on it. */
  readonly reason?: string;
  readonly limit?: string;
  /** The group of the caller's key, where it is the group that stands in the way. */
  readonly group?: string;
  /** The customer's own key that failed. */
  readonly ownKey?: { readonly name: string; readonly last4: string; readonly provider: string };
  readonly retryAfterSeconds?: number;
  /** What the operator says of it, by language; empty where nothing was written in that one. */
  readonly notice?: Readonly<Record<'zh' | 'en', string>>;
  /** When it is expected to be over. */
  readonly until?: Date;
}
