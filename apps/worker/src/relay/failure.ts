import { RelayError } from '@ai-bridge/domain';

/** Why an attempt came to nothing before any byte of an answer. */
export interface Failure {
  readonly kind:
    | 'connect'
    | 'connect_timeout'
    | 'first_byte_timeout'
    | 'idle_timeout'
    | 'total_timeout'
    | 'status'
    | 'error_event'
    | 'no_answer'
    | 'encoding';
  readonly status?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The way out failed, not the channel behind it: nothing to be held against that. */
  readonly isProxyFault?: boolean;
  /** The error's words name the model: the trouble is with that one, not with the channel as a whole. */
  readonly namesModel?: boolean | undefined;
  /** What the upstream said with its status. Never goes further than to the owner of the key that was refused. */
  readonly body?: Buffer | undefined;
  /** For staff: no secrets, no bodies. */
  readonly text: string;
}

/** Statuses that are the client's own doing: passed on unchanged, tried nowhere else, held against no channel. */
const clientStatuses = new Set([400, 409, 411, 413, 414, 415, 416, 422]);

export function isClientFault(status: number): boolean {
  return clientStatuses.has(status);
}

const maxRetryAfterSeconds = 300;

/** Reads a Retry-After header (seconds or a date), clamped to what can be meant; undefined where it is absent or nonsense. */
export function retryAfterSeconds(value: string | string[] | undefined, nowMs: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - nowMs) / 1000;
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  return Math.min(maxRetryAfterSeconds, Math.ceil(seconds));
}

/** How undici says that a connection did not come about in time (connectTimeoutMs). */
const connectTimeoutCode = 'UND_ERR_CONNECT_TIMEOUT';

/** No connection came about, or it broke before any byte of an answer. */
export function connectionFailure(error: NodeJS.ErrnoException, status: number | undefined): Failure {
  const text = error.code ?? error.name;
  if (text === connectTimeoutCode) return { kind: 'connect_timeout', text: 'connect_timeout' };
  return { kind: 'connect', status, text };
}

const timeouts: ReadonlySet<Failure['kind']> = new Set([
  'connect_timeout',
  'first_byte_timeout',
  'idle_timeout',
  'total_timeout',
]);

/** What the client is told when every attempt failed. An upstream's 401, 402, 403 is our problem and looks like any other. */
export function errorAfter(failures: readonly Failure[]): RelayError {
  const last = failures.at(-1);
  if (last && timeouts.has(last.kind)) return new RelayError('upstream_timeout');
  const waits = failures.map((failure) => failure.retryAfterSeconds ?? 0);
  return new RelayError('overloaded', { retryAfterSeconds: Math.max(1, ...waits) });
}
