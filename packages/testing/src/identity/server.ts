import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Codes, type FakePerson } from './codes.ts';
import { createIdTokens } from './id-token.ts';

export type { FakePerson };

export interface FakeIdentitySite {
  /** For GITHUB_BASE and GITHUB_API_BASE, and for GOOGLE_ISSUER. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is signed in there, and agrees to everything. */
  enter(person: FakePerson): void;
  stop(): Promise<void>;
}

const client = { id: 'bridge-of-the-tests', secret: 'known-to-both' };

/** GitHub and Google in one, as far as signing in by them goes: codes with PKCE, GitHub's two questions, Google's OpenID Connect. */
export async function startFakeIdentitySite(): Promise<FakeIdentitySite> {
  let present: FakePerson | undefined;
  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const codes = new Codes();
  const idTokens = createIdTokens(url, client.id);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/login/oauth/authorize' || pathname === '/authorize') {
      const issuer = pathname === '/authorize' ? url : `${url}/login/oauth`;
      const back = present && codes.authorize(searchParams, present, issuer);
      if (back === undefined) response.writeHead(400).end();
      else response.writeHead(302, { location: back }).end();
    } else if (pathname === '/login/oauth/access_token' || pathname === '/token') {
      const form = new URLSearchParams(await text(request));
      const exchanged = codes.exchange(form, client, clientOf(request, form));
      if (!exchanged) return void json({ error: 'invalid_grant' }, 400);
      const { accessToken, person, nonce } = exchanged;
      const token = { access_token: accessToken, token_type: 'bearer' };
      json(pathname === '/token' ? { ...token, id_token: idTokens.of(person, nonce) } : token);
    } else if (pathname === '/.well-known/openid-configuration') {
      json({ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, ...keysAt(url) });
    } else if (pathname === '/jwks') {
      json({ keys: idTokens.keys });
    } else {
      const person = codes.personOf(request.headers.authorization);
      if (!person) return void json({ message: 'Bad credentials' }, 401);
      const { subject, name, email, isEmailVerified } = person;
      if (pathname === '/user') json({ id: Number(subject), login: name.toLowerCase(), name, email: null });
      else if (pathname === '/user/emails') json([{ email, primary: true, verified: isEmailVerified }]);
      else json({ message: 'Not Found' }, 404);
    }
  }

  return {
    ...{ url, clientId: client.id, clientSecret: client.secret },
    enter(person) {
      present = person;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const keysAt = (url: string) => ({ jwks_uri: `${url}/jwks`, id_token_signing_alg_values_supported: ['RS256'] });

/** By the head or in the form: a client may do either. */
function clientOf(request: IncomingMessage, form: URLSearchParams): { id: string; secret: string } {
  const [, basic] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
  return { id, secret };
}
