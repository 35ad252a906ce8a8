import { RelayError } from '@ai-bridge/domain';
import type { RequestHeaders } from '../http1/request-head.ts';

/**
 * The key a request presents, by any of the three headers or, where the Gemini protocol allows it, in the query. Two different keys in
 * one request are refused: whichever we took, somebody would mean the other.
 * @throws RelayError invalid_api_key
 */
export function presentedKey(headers: RequestHeaders, queryKeys: readonly string[] = []): string {
  const found = bearer(headers.authorization);
  const candidates = [found, headers['x-api-key'], headers['x-goog-api-key'], ...queryKeys];
  let key: string | undefined;
  for (const candidate of candidates) {
    if (!candidate) continue;
    if (key !== undefined && key !== candidate) {
      throw new RelayError('invalid_api_key', { reason: 'two different keys were sent' });
    }
    key = candidate;
  }
  if (!key) throw new RelayError('invalid_api_key', { reason: 'no key was sent' });
  return key;
}

function bearer(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const key = /^bearer\s+(\S+)$/i.exec(value)?.[1];
  return key;
}
