import type { ErrorCode } from '@ai-bridge/domain';

/** How one error looks in each protocol. */
export interface ErrorKind {
  readonly anthropic: string;
  /** `error.type` and `error.code` */
  readonly openai: readonly [type: string, code: string | null];
  readonly gemini: string;
  /** The code that Codex and the SDKs act on inside a stream, where it is not OpenAI's code above. */
  readonly responsesCode?: string;
  /** HTTP status on Anthropic routes, where it is not the code's own. */
  readonly anthropicStatus?: number;
  /** Whole seconds to wait where the error itself names no time. */
  readonly retryAfterSeconds?: number;
  /** Where the wait is longer, clients are told not to try again by themselves: SDKs wait no longer and would only come too early. */
  readonly maxRetriedSeconds?: number;
}

export const errorKinds: Record<ErrorCode, ErrorKind> = {
  invalid_api_key: {
    anthropic: 'authentication_error',
    openai: ['authentication_error', 'invalid_api_key'],
    gemini: 'UNAUTHENTICATED',
  },
  model_not_allowed: denied('model_not_allowed'),
  organization_suspended: denied('organization_suspended'),
  address_not_allowed: denied('address_not_allowed'),
  insufficient_balance: noBalance(),
  balance_in_use: { ...noBalance(), retryAfterSeconds: 5 },
  spend_limit_reached: noBalance(),
  rate_limit_exceeded: {
    anthropic: 'rate_limit_error',
    openai: ['rate_limit_exceeded', 'rate_limit_exceeded'],
    gemini: 'RESOURCE_EXHAUSTED',
    retryAfterSeconds: 5,
  },
  invalid_request: invalid(null),
  method_not_allowed: invalid('method_not_allowed'),
  upgrade_required: invalid('upgrade_required'),
  request_too_large: { ...invalid('request_too_large'), anthropic: 'request_too_large' },
  not_found: absent('not_found'),
  model_not_found: absent('model_not_found'),
  own_key_refused: denied('own_key_refused'),
  own_key_limited: {
    anthropic: 'rate_limit_error',
    openai: ['rate_limit_exceeded', 'own_key_limited'],
    gemini: 'RESOURCE_EXHAUSTED',
    responsesCode: 'rate_limit_exceeded',
    retryAfterSeconds: 5,
  },
  no_channel: { ...unavailable('no_channel'), retryAfterSeconds: 10 },
  ledger_unavailable: { ...unavailable('ledger_unavailable'), retryAfterSeconds: 5 },
  draining: { ...unavailable('draining'), retryAfterSeconds: 1 },
  maintenance: { ...unavailable('maintenance'), retryAfterSeconds: 60, maxRetriedSeconds: 60 },
  overloaded: {
    ...unavailable('overloaded'),
    responsesCode: 'server_is_overloaded',
    anthropicStatus: 529,
    retryAfterSeconds: 5,
  },
  upstream_timeout: {
    anthropic: 'timeout_error',
    openai: ['server_error', 'upstream_timeout'],
    gemini: 'DEADLINE_EXCEEDED',
  },
  upstream_broke: { anthropic: 'api_error', openai: ['server_error', 'upstream_broke'], gemini: 'UNAVAILABLE' },
  internal: { anthropic: 'api_error', openai: ['server_error', 'internal'], gemini: 'INTERNAL' },
};

function denied(code: string): ErrorKind {
  return { anthropic: 'permission_error', openai: ['permission_error', code], gemini: 'PERMISSION_DENIED' };
}

function noBalance(): ErrorKind {
  return {
    anthropic: 'insufficient_balance',
    openai: ['insufficient_balance', 'insufficient_balance'],
    gemini: 'RESOURCE_EXHAUSTED',
    responsesCode: 'insufficient_quota',
  };
}

function invalid(code: string | null): ErrorKind {
  return { anthropic: 'invalid_request_error', openai: ['invalid_request_error', code], gemini: 'INVALID_ARGUMENT' };
}

function absent(code: string): ErrorKind {
  return { anthropic: 'not_found_error', openai: ['invalid_request_error', code], gemini: 'NOT_FOUND' };
}

function unavailable(code: string): ErrorKind {
  return { anthropic: 'overloaded_error', openai: ['server_error', code], gemini: 'UNAVAILABLE' };
}
