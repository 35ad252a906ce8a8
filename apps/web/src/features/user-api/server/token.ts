import { decode, encode } from 'next-auth/jwt';
import type { SiteConfig } from '#server/deps.ts';
import { sessionMaxAgeSeconds } from '#server/session-cookie.ts';

/** Sets tokens and cookies apart: neither opens what the other one does. */
const salt = 'user-api';
const maxTokenLength = 2_000;

type Secret = Pick<SiteConfig, 'sessionSecret'>;

/** A token for a session. Like the cookie, it carries nothing but the session's id, and ends with it. */
export function tokenOf(sessionId: string, { sessionSecret: secret }: Secret): Promise<string> {
  return encode({ token: { sid: sessionId }, secret, salt, maxAge: sessionMaxAgeSeconds });
}

/** The session that an Authorization header names; undefined where there is none or it was tampered with. */
export async function sessionIdOf(
  authorization: string | null,
  { sessionSecret: secret }: Secret,
): Promise<string | undefined> {
  const [, token] = /^Bearer +([\w.-]+)$/i.exec(authorization?.slice(0, maxTokenLength) ?? '') ?? [];
  if (!token) return undefined;
  const claims = await decode({ token, secret, salt }).catch(() => null);
  return typeof claims?.['sid'] === 'string' ? claims['sid'] : undefined;
}
