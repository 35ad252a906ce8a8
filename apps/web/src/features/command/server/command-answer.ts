import { createHash } from 'node:crypto';
import { messagesByLocale } from '#i18n/messages/index.ts';

/** After an update of the site nobody is given the command of before for long. */
const soonStale = 'public, max-age=60';
/** Whoever fetches a file says no language. */
const missing = [messagesByLocale.en.gateway.commandMissing, messagesByLocale.zh.gateway.commandMissing];

/**
 * The packed command for npm and npx.
 * @param packed undefined where this build has none
 * @param knownTags what the request has in If-None-Match
 */
export function commandAnswer(packed: Uint8Array<ArrayBuffer> | undefined, knownTags: string | null): Response {
  if (!packed) {
    return new Response(`${missing.join('\n')}\n`, {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  }
  const etag = `"${createHash('sha256').update(packed).digest('base64url')}"`;
  const headers = { etag, 'cache-control': soonStale };
  if (isKnown(etag, knownTags)) return new Response(null, { status: 304, headers });
  // The length goes out by its own name (server.mjs): Next would take that one away.
  const body = { 'content-type': 'application/gzip', 'x-file-length': String(packed.byteLength) };
  return new Response(packed, { headers: { ...headers, ...body } });
}

function isKnown(etag: string, knownTags: string | null): boolean {
  const tags = (knownTags ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
