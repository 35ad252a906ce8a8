import type { RequestHeaders } from '../http1/request-head.ts';

/**
 * What goes up, by name; everything else stays here: the client's relay key above all, cookies, proxy and trace headers
 * of the client's own network. The x-stainless and x-codex families describe the client to the vendor and are harmless.
 */
const requestNames = new Set([
  'accept',
  'content-type',
  'user-agent',
  'anthropic-version',
  'anthropic-beta',
  'anthropic-dangerous-direct-browser-access',
  'openai-beta',
  'originator',
  'version',
  'session-id',
  'session_id',
  'thread-id',
  'x-app',
  'x-claude-code-session-id',
  'x-client-request-id',
  'x-server-timeout',
  'x-goog-api-client',
  'idempotency-key',
]);
const requestFamilies = ['x-stainless-', 'x-codex-'];

const allowed = new Map<string, boolean>();
/** Header names are remembered up to this many; a client that invents more pays for the check. */
const maxRemembered = 1_000;

function mayGoUp(name: string): boolean {
  const known = allowed.get(name);
  if (known !== undefined) return known;
  const answer = requestNames.has(name) || requestFamilies.some((family) => name.startsWith(family));
  if (allowed.size < maxRemembered) allowed.set(name, answer);
  return answer;
}

/** Headers for the upstream as a flat list of names and values, without the credential. */
export function requestHeaders(from: RequestHeaders): string[] {
  const headers: string[] = [];
  for (const name in from) {
    if (!mayGoUp(name)) continue;
    const value = from[name];
    if (value !== undefined) headers.push(name, value);
  }
  // The tap reads what comes back, so it must come back uncompressed.
  headers.push('accept-encoding', 'identity');
  return headers;
}
