import { type NextRequest, NextResponse } from 'next/server';
import createIntlProxy from 'next-intl/middleware';
import { isDevelopment } from '#env.ts';
import { markdownRoute } from '#features/docs/markdown-path.ts';
import { localeCookie, routing } from '#i18n/routing.ts';
import { chooseLanguage, languageOfPath } from '#server/choose-language.ts';
import { contentPolicy } from '#server/content-policy.ts';
import { languagesOnOffer } from '#server/languages-on-offer.ts';
import { pathHeader } from '#server/path-header.ts';
import { workerOrigin } from '#server/worker-origin.ts';

const localized = createIntlProxy(routing);

/** Chooses the locale and sets a page's content policy; next.config.ts sets what all answers carry. It authorizes nothing: procedures and pages do. */
export function proxy(request: NextRequest): NextResponse {
  if (request.nextUrl.pathname.startsWith('/api/')) return NextResponse.next();
  const https = (request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol).startsWith('https');
  return answer(request, https);
}

/** A page has one address, without a slash behind; what programs call is never redirected. */
function answer(request: NextRequest, https: boolean): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (pathname.startsWith('/api/')) return NextResponse.next();
  const markdown = markdownRoute(pathname);
  if (markdown !== undefined) return NextResponse.rewrite(new URL(markdown, request.url));
  if (pathname === '/' || !pathname.endsWith('/')) return page(request, https);
  // Put together anew: several slashes in front would name another site.
  const plain = pathname.split('/').filter((part) => part !== '');
  return NextResponse.redirect(new URL(`/${plain.join('/')}${search}`, request.url), 308);
}

function page(request: NextRequest, https: boolean): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentPolicy(nonce, {
    ...{ development: isDevelopment, https },
    workerOrigin: workerOrigin(request.headers.get('host'), https),
  });
  // Next reads the nonce for its own scripts from the policy on the request.
  request.headers.set('content-security-policy', policy);
  request.headers.set(pathHeader, pagePath(request.nextUrl));
  const response = inLanguageOnOffer(request) ?? localized(request);
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Leads away from a language that is not on offer; else tells the localizer which one suits the reader. */
function inLanguageOnOffer(request: NextRequest): NextResponse | undefined {
  const { pathname, search } = request.nextUrl;
  const offer = languagesOnOffer();
  const cookie = request.cookies.get(localeCookie.name)?.value;
  const wish = { path: pathname, cookie, acceptLanguage: request.headers.get('accept-language') };
  const language = chooseLanguage(wish, offer);
  const named = languageOfPath(pathname);
  if (named === language) return undefined;
  if (named !== undefined) {
    const rest = pathname.slice(named.length + 1);
    return NextResponse.redirect(new URL(`/${language}${rest}${search}`, request.url));
  }
  if (cookie === language) return undefined;
  request.cookies.delete(localeCookie.name);
  request.headers.set('accept-language', language);
  return undefined;
}

/** What a person sees in the address bar: without the marker of Next's own partial loads. */
function pagePath(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.delete('_rsc');
  return query.size > 0 ? `${url.pathname}?${query}` : url.pathname;
}

/** Everything but files with a fixed address. */
export const config = { matcher: ['/((?!_next/|_vercel/|.*\\.(?:svg|png|ico|txt|xml|webmanifest|tgz)$).*)'] };
