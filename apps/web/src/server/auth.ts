import { authenticateUser, openSession, revokeSession } from '@ai-bridge/access';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { clientAddress } from './client-address.ts';
import type { Deps, SiteConfig } from './deps.ts';
import { authCookies, sessionMaxAgeSeconds } from './session-cookie.ts';

const maxInputLength = 512;

/**
 * next-auth's options. Credentials mean a JWT cookie; it carries nothing but the id of a session row, which every call
 * looks up, so that a sign-in can be revoked.
 */
export function authOptions(deps: Deps, site: SiteConfig): NextAuthOptions {
  return {
    secret: site.sessionSecret,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    useSecureCookies: site.secureCookies,
    cookies: authCookies(site.secureCookies),
    pages: { signIn: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (input, request) =>
          signIn(deps, {
            email: input?.email ?? '',
            password: input?.password ?? '',
            address: clientAddress(request.headers?.['x-forwarded-for']),
            userAgent: request.headers?.['user-agent'],
          }),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token['sid'] }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (URL.canParse(url) && new URL(url).origin === baseUrl ? url : baseUrl),
    },
    events: {
      async signOut({ token }) {
        const session = typeof token['sid'] === 'string' ? await deps.sessions.find(token['sid']) : undefined;
        if (!session) return;
        await revokeSession(deps.prisma, { userId: session.user.id, sessionId: session.sessionId });
        deps.sessions.forget(session.sessionId);
      },
    },
  };
}

export interface SignInAttempt {
  readonly email: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string | undefined;
}

/**
 * Compares the password and opens a session. next-auth calls what it returns a user; its id is the session's.
 * @returns null when refused: the same for an unknown e-mail, a wrong password and a suspended user
 * @throws Error('too_many_attempts')
 */
export async function signIn(deps: Deps, attempt: SignInAttempt): Promise<{ id: string } | null> {
  const { email, password, address, userAgent } = attempt;
  if (email.length > maxInputLength || password.length > maxInputLength) return null;
  if (!deps.signInThrottle.admitSignIn(address, email)) throw new Error('too_many_attempts');
  const user = await authenticateUser(deps.prisma, { email, password });
  if (!user) {
    deps.signInThrottle.failed(address, email);
    return null;
  }
  deps.signInThrottle.succeeded(address, email);
  const { sessionId } = await openSession(deps.prisma, { userId: user.id, address, userAgent });
  return { id: sessionId };
}
