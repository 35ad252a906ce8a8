import { type Loss, type Protocol, RelayError } from '@ai-bridge/domain';
import type { NeutralRequest } from './request.ts';

/**
 * What becomes of a field that only the client's protocol knows where the upstream speaks another: `loss` changes nothing of the answer's
 * meaning, `refuse` would. A field that is not listed is a loss: new fields of tools appear every month and are mostly hints.
 */
const foreignFields: Record<Protocol, Readonly<Record<string, 'loss' | 'refuse'>>> = {
  'anthropic-messages': {},
  'openai-chat': {},
  'openai-responses': {},
  gemini: {},
};

/**
 * The losses of a request's extras for a target of another protocol; none where it is the client's own.
 * @throws RelayError invalid_request with the field that must not be dropped
 */
export function foreignExtras({ extras }: NeutralRequest, target: Protocol): Loss[] {
  if (!extras || extras.protocol === target) return [];
  const known = foreignFields[extras.protocol];
  return Object.keys(extras.fields).map((path) => {
    if (known[path] === 'refuse') {
      throw new RelayError('invalid_request', {
        path,
        reason: 'the model asked for is served by a provider without this',
      });
    }
    return { path, reason: 'the provider has no such field' };
  });
}
