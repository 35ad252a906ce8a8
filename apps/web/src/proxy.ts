import { type NextRequest, NextResponse } from 'next/server';
import createIntlProxy from 'next-intl/middleware';
import { isDevelopment } from '#env.ts';
import { routing } from '#i18n/routing.ts';
import { contentPolicy } from '#server/content-policy.ts';
import { pathHeader } from '#server/path-header.ts';

const localized = createIntlProxy(routing);

/** Chooses the locale and sets a page's content policy; next.config.ts sets what all answers carry. It authorizes nothing: procedures and pages do. */
export function proxy(request: NextRequest): NextResponse {
  if (request.nextUrl.pathname.startsWith('/api/')) return NextResponse.next();
  const https = (request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol).startsWith('https');
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentPolicy(nonce, { development: isDevelopment, https });
  // Next reads the nonce for its own scripts from the policy on the request.
  request.headers.set('content-security-policy', policy);
  request.headers.set(pathHeader, pagePath(request.nextUrl));
  const response = localized(request);
  response.headers.set('content-security-policy', policy);
  return response;
}

/** What a person sees in the address bar: without the marker of Next's own partial loads. */
function pagePath(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete('_rsc');
  return query.size > 0 ? `${url.pathname}?${query}` : url.pathname;
}

/** Everything but files with a fixed address. */
export const config = { matcher: ['/((?!_next/|_vercel/|.*\\.(?:svg|png|ico|txt|webmanifest)$).*)'] };
