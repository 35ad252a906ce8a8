import type { StoredLogo } from './logo-store.ts';

const immutable = 'public, max-age=31536000, immutable';
/** Under any other address it may be another one soon. */
const soonStale = 'public, max-age=60';

/** The logo as a file of this site's: with its own type, and nothing that a browser could run in it. */
export function logoAnswer(logo: StoredLogo | undefined, version: string | null): Response {
  if (!logo) return new Response(null, { status: 404, headers: { 'cache-control': soonStale } });
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      'content-type': logo.mediaType,
      'cache-control': version === logo.digest ? immutable : soonStale,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
