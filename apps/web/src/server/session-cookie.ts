import { decode } from 'next-auth/jwt';

/** How long a sign-in lasts at most; the session row may end it earlier. */
export const sessionMaxAgeSeconds = 7 * 24 * 60 * 60;

/** How long a person may take at the other site that they sign in by. */
const detourSeconds = 15 * 60;

/** Names and flags of next-auth's cookies. Over https they are bound to this exact host. */
export function authCookies(secure: boolean) {
  const name = (word: string) => (secure ? `__Host-bridge-${word}` : `bridge-${word}`);
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  return {
    sessionToken: { name: name('session'), options },
    callbackUrl: { name: name('callback'), options },
    csrfToken: { name: name('csrf'), options },
    state: { name: name('state'), options: { ...options, maxAge: detourSeconds } },
    pkceCodeVerifier: { name: name('pkce'), options: { ...options, maxAge: detourSeconds } },
    nonce: { name: name('nonce'), options },
  };
}

export type ReadCookie = (name: string) => string | undefined;

/** The session id inside a signed cookie, or undefined when there is none or it was tampered with. */
export async function readSessionId(
  readCookie: ReadCookie,
  site: { readonly sessionSecret: string; readonly secureCookies: boolean },
): Promise<string | undefined> {
  const token = readCookie(authCookies(site.secureCookies).sessionToken.name);
  if (!token) return undefined;
  const claims = await decode({ token, secret: site.sessionSecret }).catch(() => null);
  return typeof claims?.['sid'] === 'string' ? claims['sid'] : undefined;
}
