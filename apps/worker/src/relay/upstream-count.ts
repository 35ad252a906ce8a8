import type { Protocol } from '@ai-bridge/domain';
import { anthropicVersion, codecOf, type NeutralRequest } from '@ai-bridge/protocol';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import type { RelayDeps } from './deps.ts';
import { targetFor } from './neutral-request.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { protocolOn } from './spoken-protocols.ts';

/** A count that takes longer is not worth waiting for: an estimate is at hand. */
const countTimeoutMs = 5_000;
const maxAnswerBytes = 64 * 1024;

/** Where each protocol counts, what of a request does not belong there, and what the answer calls the count. */
const counters: Partial<
  Record<Protocol, { readonly endpoint: string; readonly left: readonly string[]; readonly field: string }>
> = {
  'anthropic-messages': {
    endpoint: '/v1/messages/count_tokens',
    left: ['max_tokens', 'stream', 'metadata', 'service_tier', 'temperature', 'top_p', 'top_k', 'stop_sequences'],
    field: 'input_tokens',
  },
  'openai-responses': {
    endpoint: '/v1/responses/input_tokens',
    left: [
      'stream',
      'store',
      'include',
      'max_output_tokens',
      'temperature',
      'top_p',
      'service_tier',
      'metadata',
      'user',
    ],
    field: 'input_tokens',
  },
  gemini: { endpoint: '/v1beta/models/{model}:countTokens', left: [], field: 'totalTokens' },
};

/**
 * The prompt's tokens as the model's own upstream counts them, though the client speaks another protocol.
 * @returns undefined where it counts none, does not answer in time, or its protocol cannot carry the request
 */
export async function countUpstream(
  request: PlannedRequest,
  neutral: NeutralRequest,
  deps: RelayDeps,
): Promise<number | undefined> {
  const candidate = request.plan.candidates[0] as Candidate;
  const { channel } = candidate;
  const protocol = protocolOn(channel, request.route.protocol);
  const counter = counters[protocol];
  if (!counter) return undefined;
  const to = targetFor(candidate, protocol);
  const target = targetOf(channel);
  const headers = ['content-type', 'application/json', 'accept-encoding', 'identity', 'user-agent', 'ai-bridge'];
  if (protocol === 'anthropic-messages') headers.push('anthropic-version', anthropicVersion(to.origin.model));
  if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
  try {
    const rendered = JSON.parse(codecOf(protocol).renderRequest(neutral, to).value) as Record<string, unknown>;
    for (const name of counter.left) delete rendered[name];
    const whole = { generateContentRequest: { model: `models/${to.origin.model}`, ...rendered } };
    const { statusCode, body } = await deps.pools.poolFor(target.origin, channel).request({
      path: upstreamPath(target, counter.endpoint, to.origin.model),
      method: 'POST',
      headers,
      body: JSON.stringify(protocol === 'gemini' ? whole : rendered),
      signal: AbortSignal.timeout(countTimeoutMs),
    });
    const text = await body.text();
    if (statusCode !== 200 || text.length > maxAnswerBytes) return undefined;
    const tokens = (JSON.parse(text) as Record<string, unknown>)[counter.field];
    return typeof tokens === 'number' && tokens >= 0 ? Math.floor(tokens) : undefined;
  } catch {
    // Whatever it is, an estimate is better than no count.
    return undefined;
  }
}
