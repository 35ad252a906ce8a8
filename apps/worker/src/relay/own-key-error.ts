import { RelayError } from '@ai-bridge/domain';
import { readBodyError } from '@ai-bridge/protocol';
import { withoutSecrets } from '../upstream/without-secrets.ts';
import type { Attempts } from './attempt-in-order.ts';

/** What a provider says when it will not serve this key: refused, unpaid, or without access to the model. */
const refusedStatuses = new Set([401, 402, 403, 404]);
const maxReasonCharacters = 300;

/**
 * What the client is told where nothing but the customer's own keys was tried, and the provider refused the last one: that is his business and
 * nobody else can mend it. Undefined where it is none of that.
 */
export function ownKeyError({ last, records, failures }: Attempts): RelayError | undefined {
  const { ownKey } = last.candidate;
  const failure = failures.at(-1);
  if (!ownKey || failure?.kind !== 'status' || failure.status === undefined) return undefined;
  if (!records.every((record) => record.ownKey)) return undefined;
  const code = failure.status === 429 ? 'own_key_limited' : 'own_key_refused';
  if (code === 'own_key_refused' && !refusedStatuses.has(failure.status)) return undefined;
  const { name, provider, credential } = ownKey.channel;
  const said = readBodyError(last.call.protocol, failure.status, failure.body ?? Buffer.alloc(0))?.message;
  const words = withoutSecrets(said ?? '', credential).slice(0, maxReasonCharacters);
  return new RelayError(code, {
    ownKey: { name, provider, last4: ownKey.last4 },
    reason: words ? `status ${failure.status}: ${words}` : `status ${failure.status}`,
    ...(failure.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: failure.retryAfterSeconds }),
  });
}
