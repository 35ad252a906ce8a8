import type { IncomingHttpHeaders } from 'node:http';
import type { Protocol } from '@ai-bridge/domain';

/** A relayed endpoint: which wire format it speaks and what kind of work it is. */
export interface RelayRoute {
  readonly protocol: Protocol;
  /** Canonical path on us and, with the base URL's version in mind, on the upstream. */
  readonly endpoint: string;
  /** generate: an answer is produced; count: free; embed: only input is used. */
  readonly kind: 'generate' | 'count' | 'embed';
  /** Only channels of this provider. */
  readonly provider: string | undefined;
}

const relayRoutes: Record<string, RelayRoute> = {
  '/v1/messages': { protocol: 'anthropic-messages', endpoint: '/v1/messages', kind: 'generate', provider: undefined },
  '/v1/messages/count_tokens': {
    protocol: 'anthropic-messages',
    endpoint: '/v1/messages/count_tokens',
    kind: 'count',
    provider: undefined,
  },
  '/v1/chat/completions': {
    protocol: 'openai-chat',
    endpoint: '/v1/chat/completions',
    kind: 'generate',
    provider: undefined,
  },
  '/v1/embeddings': { protocol: 'openai-chat', endpoint: '/v1/embeddings', kind: 'embed', provider: undefined },
  '/v1/responses': { protocol: 'openai-responses', endpoint: '/v1/responses', kind: 'generate', provider: undefined },
  '/v1/responses/compact': {
    protocol: 'openai-responses',
    endpoint: '/v1/responses/compact',
    kind: 'generate',
    provider: undefined,
  },
};

const openaiPrefix = '/v1/openai';

/** A path as we know it: without doubled and trailing slashes, and without a /v1 that a client's base URL doubled. */
export function canonicalPath(path: string): string {
  let canonical = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  while (canonical.length > 1 && canonical.endsWith('/')) canonical = canonical.slice(0, -1);
  while (canonical.startsWith('/v1/v1/') || canonical === '/v1/v1') canonical = canonical.slice(3);
  if (canonical.startsWith(`${openaiPrefix}/v1/`)) canonical = openaiPrefix + canonical.slice(openaiPrefix.length + 3);
  return canonical;
}

/**
 * The relay route of a canonical path; undefined where there is none. Under /v1/openai every POST is passed through to an OpenAI
 * channel: its JSON body names the model that it is priced by.
 */
export function relayRoute(path: string, method: string): RelayRoute | undefined {
  const known = relayRoutes[path];
  if (known) return known;
  if (!path.startsWith(`${openaiPrefix}/`)) return undefined;
  const endpoint = `/v1${path.slice(openaiPrefix.length)}`;
  const base = relayRoutes[endpoint];
  if (base && base.protocol !== 'anthropic-messages') return { ...base, provider: 'openai' };
  if (method !== 'POST') return undefined;
  return { protocol: 'openai-chat', endpoint, kind: 'generate', provider: 'openai' };
}

/** The protocol that errors on this path are told in. */
export function protocolOf(path: string, headers: IncomingHttpHeaders): Protocol {
  if (path.startsWith('/v1/messages') || headers['anthropic-version']) return 'anthropic-messages';
  if (path.startsWith('/v1beta/') || headers['x-goog-api-key']) return 'gemini';
  if (path.startsWith('/v1/responses') || path.startsWith('/v1/openai/responses')) return 'openai-responses';
  return 'openai-chat';
}
