import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { FakePerson } from './codes.ts';

const lifetimeSeconds = 300;

/** Signs OpenID Connect's id tokens with RS256, and shows the key they are checked by. */
export function createIdTokens(issuer: string, clientId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    keys: [{ ...createPublicKey(publicKey).export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
    of({ subject, name, email, isEmailVerified }: FakePerson, nonce: string | undefined): string {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        ...{ iss: issuer, aud: clientId, sub: subject, name, email, email_verified: isEmailVerified },
        ...{ iat: now, exp: now + lifetimeSeconds, ...(nonce === undefined ? {} : { nonce }) },
      };
      const body = `${part({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${part(claims)}`;
      return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
    },
  };
}
