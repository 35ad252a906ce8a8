import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { signOut } from '#features/account/server/sessions.ts';
import {
  type SignInOutcome,
  type SignInPlace,
  signInByCode,
  signInByPassword,
} from '#features/account/server/sign-in.ts';
import { signInByIdentity } from '#features/account/server/sign-in-by-identity.ts';
import type { Deps, SiteConfig } from './deps.ts';
import { oauthProviders, type ProviderProfile } from './identity-providers.ts';
import { safePath } from './safe-path.ts';
import { authCookies, sessionMaxAgeSeconds } from './session-cookie.ts';

/** What a request to next-auth says of who makes it. */
export interface AuthRequest extends SignInPlace {
  /** The page to open afterwards, as the browser was told to remember it: anything may be in it. */
  readonly callbackUrl: string | undefined;
}

/**
 * Next-auth's options for one request. Credentials mean a JWT cookie; it carries nothing but the id of a session row, which every call
 * looks up, so that a sign-in can be revoked.
 */
export function authOptions(deps: Deps, site: SiteConfig, request: AuthRequest): NextAuthOptions {
  return {
    secret: site.sessionSecret,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    useSecureCookies: site.secureCookies,
    cookies: authCookies(site.secureCookies),
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, ticket: {}, code: {} },
        async authorize(input) {
          const { email = '', password = '', ticket, code = '' } = input ?? {};
          const outcome = ticket
            ? await signInByCode(deps, { ticket, code }, request)
            : await signInByPassword(deps, { email, password }, request);
          return userOf(outcome);
        },
      }),
      ...oauthProviders(site.identityClients),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== 'oauth') return true;
        const { provider, providerAccountId: subject } = account;
        const locale = localeOf(request);
        const identity = { provider, subject, profile: (profile ?? {}) as ProviderProfile, locale };
        const outcome = await signInByIdentity(deps, identity, request);
        if (!('sessionId' in outcome)) return signInPage(request, outcome);
        // What the cookie is made of, as with a password.
        user.id = outcome.sessionId;
        return true;
      },
      jwt: ({ token, user }) => ({ sid: user ? user.id : token['sid'] }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => withinSite(url, baseUrl),
    },
    events: {
      async signOut({ token }) {
        const session = typeof token['sid'] === 'string' ? await deps.sessions.find(token['sid']) : undefined;
        if (session) await signOut({ deps, session, address: request.address, requestId: request.requestId });
      },
    },
  };
}

/** A path, or an address of ours, as an address; anything else is the home page. */
function withinSite(url: string, baseUrl: string): string {
  const to = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : undefined;
  return to?.origin === baseUrl ? to.href : baseUrl;
}

/** What next-auth calls a user; its id is the session's. @throws Error with what the sign-in page reads: see sign-in.ts there */
function userOf(outcome: SignInOutcome): { id: string } | null {
  if ('sessionId' in outcome) return { id: outcome.sessionId };
  if ('ticket' in outcome) throw new Error(`second_factor:${outcome.ticket}`);
  if ('waitMs' in outcome) throw new Error(`too_many_attempts:${Math.ceil(outcome.waitMs / 1000)}`);
  if (outcome.refusal === 'refused') return null;
  throw new Error(outcome.refusal);
}

/** The sign-in page, for the second step or to say why not. A ticket stands behind the #, where no log has it. */
function signInPage(
  request: AuthRequest,
  outcome: { readonly ticket: string } | { readonly refusal: string } | { readonly waitMs: number },
): string {
  const query = new URLSearchParams({ next: pathOf(request) });
  if ('refusal' in outcome) query.set('error', outcome.refusal);
  const page = `${localeOf(request) === 'en' ? '/en' : ''}/sign-in?${query}`;
  return 'ticket' in outcome ? `${page}#${outcome.ticket}` : page;
}

function pathOf({ callbackUrl }: AuthRequest): string {
  const url = callbackUrl && URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  return safePath(url && `${url.pathname}${url.search}`, '/console');
}

const localeOf = (request: AuthRequest): 'zh' | 'en' => (/^\/en(\/|$)/.test(pathOf(request)) ? 'en' : 'zh');
