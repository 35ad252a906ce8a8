import { newId } from '@ai-bridge/domain';
import type { Locale } from '#i18n/routing.ts';
import { chooseLanguage } from '#server/choose-language.ts';
import { clientAddress } from '#server/client-address.ts';
import type { Context } from '#server/context.ts';
import type { Deps, SiteConfig } from '#server/deps.ts';
import { languagesOnOffer } from '#server/languages-on-offer.ts';
import { createCaller } from '#server/root.ts';
import { readCall } from './read-call.ts';
import { ApiRefusal, type Told, toldOf, typeOf } from './refusal.ts';
import type { ApiRoute } from './route.ts';
import { findRoute } from './routes.ts';
import { sessionIdOf } from './token.ts';
import { toJson } from './views.ts';
import { errorText, noticeText } from './words.ts';

export const apiBase = '/api/user';

export interface UserApiOptions {
  readonly deps: Deps;
  readonly site: Pick<SiteConfig, 'sessionSecret'>;
  /** Told of what nobody threw on purpose. */
  readonly onError: (error: unknown, requestId: string) => void;
}

/** Answers one request to the user API: by who the bearer token is of, never by a cookie. */
export async function answerUserApi(request: Request, options: UserApiOptions): Promise<Response> {
  const requestId = newId('req');
  const locale = languageOf(request);
  try {
    const { pathname } = new URL(request.url);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const found = findRoute(method, pathname.slice(apiBase.length));
    if ('route' in found) return await answerRoute(request, { ...found, ...options, requestId, locale });
    return noRoute(request.method, found.allowed, { requestId, locale });
  } catch (error) {
    const told = toldOf(error);
    if (told.code === 'internal') options.onError(error, requestId);
    return failed(told, { requestId, locale });
  }
}

interface Asked extends UserApiOptions {
  readonly route: ApiRoute;
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly locale: Locale;
}

async function answerRoute(request: Request, asked: Asked): Promise<Response> {
  const { route, site, locale, requestId } = asked;
  const context = await contextOf(request, asked);
  if (route.access !== 'public' && !context.session) throw new ApiRefusal({ status: 401, code: 'unauthenticated' });
  const read = await readCall(request, route, asked);
  const answer = await route.handle({ ...read, context, site, locale, console: createCaller(context) });
  return Response.json(route.output.parse(toJson(answer)), { status: route.status, headers: headersOf(requestId) });
}

async function contextOf(request: Request, { deps, site, requestId }: Asked): Promise<Context> {
  const { headers } = request;
  const sessionId = await sessionIdOf(headers.get('authorization'), site);
  return {
    ...{ deps, requestId, address: clientAddress(headers.get('x-forwarded-for')) },
    session: sessionId === undefined ? undefined : await deps.sessions.find(sessionId),
    userAgent: headers.get('user-agent') ?? undefined,
  };
}

function languageOf({ headers }: Request): Locale {
  const wish = { path: '/', cookie: undefined, acceptLanguage: headers.get('accept-language') };
  return chooseLanguage(wish, languagesOnOffer());
}

interface Answered {
  readonly requestId: string;
  readonly locale: Locale;
}

function noRoute(method: string, allowed: readonly string[], answered: Answered): Response {
  if (allowed.length === 0) return failed({ status: 404, code: 'route_unknown' }, answered);
  const allow = { allow: [...allowed, 'OPTIONS'].join(', ') };
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: allow });
  return failed({ status: 405, code: 'method_not_allowed' }, answered, allow);
}

function failed(told: Told, { requestId, locale }: Answered, more: Readonly<Record<string, string>> = {}): Response {
  const { status, code, field, waitMs } = told;
  const notice = told.notice && noticeText(locale, told.notice);
  const message = [errorText(locale, code), told.detail, notice].filter(Boolean).join(' ');
  const headers = {
    ...headersOf(requestId),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(waitMs !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) }),
    ...more,
  };
  return Response.json({ error: { message, type: typeOf(status), code, field, requestId } }, { status, headers });
}

const headersOf = (requestId: string) => ({
  'cache-control': 'no-store',
  vary: 'accept-language, authorization',
  'x-request-id': requestId,
});
