import type { Failure } from '../relay/failure.ts';
import { maxEjectionMs } from './breaker.ts';

/** What a failed attempt is held against, and what it asks for beyond being counted. */
export interface Blame {
  /** model: the channel works, but not for this model. */
  readonly scope: 'channel' | 'model';
  /** Ejects the channel at once. */
  readonly ejects: boolean;
  /** Nothing is tried for this long; 0: no such word. */
  readonly restMs: number;
  /** The upstream named that time itself: nothing is sent before it is over, even where nothing else is left. */
  readonly isAsked?: true;
  /** For staff. */
  readonly text: string;
}

/** A credential that is refused will hardly be accepted in a few seconds. */
const credentialRestMs = 60_000;
/** A model that the channel does not have will hardly appear sooner. */
const missingModelRestMs = 60_000;
/** When a busy server will be well is its guess, unlike when a rate limit ends: believed for so long at most. */
const maxBusyRestMs = 30_000;
const busyStatuses = new Set([503, 529]);
const credentialStatuses = new Set([401, 402, 403]);
/** Errors inside an answer of status 200 that are the client's own doing. */
const clientErrorTypes = ['invalid_request_error', 'invalid_prompt', 'context_length_exceeded', 'INVALID_ARGUMENT'];

/**
 * Whom a failure is held against; undefined: no channel, for the client may have caused it, or the proxy on the way did.
 * @param namesObjects the request names things that only some account may see (files, cached content): a 403 or 404 may mean those
 */
export function blameFor(failure: Failure, namesObjects: boolean): Blame | undefined {
  const { status, text, namesModel } = failure;
  if (failure.isProxyFault) return undefined;
  const restMs = Math.min(maxEjectionMs, (failure.retryAfterSeconds ?? 0) * 1_000);
  if (failure.kind !== 'status' || status === undefined) {
    const isClients = clientErrorTypes.some((type) => text.endsWith(type));
    return isClients ? undefined : { scope: 'channel', ejects: false, restMs: 0, text };
  }
  if (namesObjects && (status === 403 || status === 404)) return undefined;
  if (credentialStatuses.has(status)) {
    return namesModel && status === 403
      ? { scope: 'model', ejects: false, restMs: credentialRestMs, text }
      : { scope: 'channel', ejects: true, restMs: credentialRestMs, text };
  }
  if (status === 429 && restMs > 0) {
    return { scope: namesModel ? 'model' : 'channel', ejects: true, restMs, isAsked: true, text };
  }
  if (busyStatuses.has(status) && restMs > 0) {
    const busyMs = Math.min(maxBusyRestMs, restMs);
    return { scope: namesModel ? 'model' : 'channel', ejects: false, restMs: busyMs, isAsked: true, text };
  }
  if (status === 404) {
    return namesModel ? { scope: 'model', ejects: false, restMs: missingModelRestMs, text } : undefined;
  }
  return { scope: 'channel', ejects: false, restMs: 0, text };
}
