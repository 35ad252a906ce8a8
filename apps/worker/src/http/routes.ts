import type { Protocol } from '@ai-bridge/domain';
import type { PathHead } from '@ai-bridge/protocol';
import type { RequestHeaders } from '../http1/request-head.ts';

/** A relayed endpoint: which wire format it speaks and what kind of work it is. */
export interface RelayRoute {
  readonly protocol: Protocol;
  /**
   * Canonical path on us and, with the base URL's version in mind, on the upstream. `{model}` stands where each channel's own
   * model id goes.
   */
  readonly endpoint: string;
  /** generate: an answer is produced; count: free; embed: only input is used. */
  readonly kind: 'generate' | 'count' | 'embed';
  /** The answer is JSON or an event stream, so that anything else in a 200 is none. False where files, images or sound may come. */
  readonly answersJson: boolean;
  /** The request can be put into another protocol's words, so that channels of any protocol will do. */
  readonly isConvertible: boolean;
  /** Only channels of this provider. */
  readonly provider: string | undefined;
  /** What the URL says of the request where the body does not (Gemini). */
  readonly pathHead: PathHead | undefined;
}

const relayRoutes = new Map(
  [
    convertible(jsonRoute('anthropic-messages', '/v1/messages', 'generate')),
    convertible(jsonRoute('anthropic-messages', '/v1/messages/count_tokens', 'count')),
    convertible(jsonRoute('openai-chat', '/v1/chat/completions', 'generate')),
    jsonRoute('openai-chat', '/v1/embeddings', 'embed'),
    convertible(jsonRoute('openai-responses', '/v1/responses', 'generate')),
    jsonRoute('openai-responses', '/v1/responses/compact', 'generate'),
  ].map((route) => [route.endpoint, route]),
);

function jsonRoute(protocol: Protocol, endpoint: string, kind: RelayRoute['kind']): RelayRoute {
  return {
    protocol,
    endpoint,
    kind,
    answersJson: true,
    isConvertible: false,
    provider: undefined,
    pathHead: undefined,
  };
}

function convertible(route: RelayRoute): RelayRoute {
  return { ...route, isConvertible: true };
}

const openaiPrefix = '/v1/openai';
const geminiPrefix = /^\/v1(?:beta)?\/models\//;
/** Behind the prefix: the model, perhaps by its resource name (models/x), and what to do with it. */
const geminiCall = /^(?:models\/)?(.+):(generateContent|streamGenerateContent|countTokens)$/;
/** A version that stands before another one: the client's base URL had it already. */
const doubledVersion = /^(?:\/v1(?:beta)?)+(?=\/v1(?:beta)?(?:\/|$))/;

/** A path as we know it: without doubled and trailing slashes, and without a version that a client's base URL doubled. */
export function canonicalPath(path: string): string {
  if (relayRoutes.has(path)) return path;
  let canonical = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  while (canonical.length > 1 && canonical.endsWith('/')) canonical = canonical.slice(0, -1);
  canonical = canonical.replace(doubledVersion, '');
  if (canonical.startsWith(`${openaiPrefix}/v1/`)) canonical = openaiPrefix + canonical.slice(openaiPrefix.length + 3);
  return canonical;
}

/**
 * The relay route of a canonical path; undefined where there is none. Under /v1/openai every POST is passed through to an OpenAI
 * channel: its JSON body names the model that it is priced by.
 *
 * @param query with its question mark, or empty
 */
export function relayRoute(path: string, method: string, query = ''): RelayRoute | undefined {
  return relayRoutes.get(path) ?? openaiRoute(path, method) ?? geminiRoute(path, query);
}

function openaiRoute(path: string, method: string): RelayRoute | undefined {
  if (!path.startsWith(`${openaiPrefix}/`)) return undefined;
  const endpoint = `/v1${path.slice(openaiPrefix.length)}`;
  const base = relayRoutes.get(endpoint);
  if (base && base.protocol !== 'anthropic-messages') return { ...base, isConvertible: false, provider: 'openai' };
  if (method !== 'POST') return undefined;
  return { ...jsonRoute('openai-chat', endpoint, 'generate'), answersJson: false, provider: 'openai' };
}

function geminiRoute(path: string, query: string): RelayRoute | undefined {
  const prefix = geminiPrefix.exec(path)?.[0];
  const [, model, call] = geminiCall.exec((prefix && decoded(path.slice(prefix.length))) ?? '') ?? [];
  if (!model) return undefined;
  // Without alt=sse the "stream" is one JSON array, which is held, paid for and sent as a whole.
  const stream = call === 'streamGenerateContent' && /[?&]alt=sse(?:&|$)/.test(query);
  const kind = call === 'countTokens' ? 'count' : 'generate';
  return { ...convertible(jsonRoute('gemini', `/v1beta/models/{model}:${call}`, kind)), pathHead: { model, stream } };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The protocol that errors on this path are told in. */
export function protocolOf(path: string, headers: RequestHeaders): Protocol {
  if (path.startsWith('/v1/messages') || headers['anthropic-version']) return 'anthropic-messages';
  if (path.startsWith('/v1beta/') || headers['x-goog-api-key']) return 'gemini';
  if (path.startsWith('/v1/responses') || path.startsWith('/v1/openai/responses')) return 'openai-responses';
  return 'openai-chat';
}
