import { createHash, randomBytes } from 'node:crypto';

/** Who is at the browser, as the site knows them. */
export interface FakePerson {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
}

/** What a client asked for when it sent somebody to the site. */
interface Grant {
  readonly person: FakePerson;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
}

/** The codes and access tokens of a fake site: a code works once, for its client, its address and its verifier (RFC 6749, RFC 7636). */
export class Codes {
  readonly #codes = new Map<string, Grant>();
  readonly #tokens = new Map<string, FakePerson>();

  /** Sends the person back with a code. @returns the address, or undefined where the request lacks what we insist on */
  authorize(query: URLSearchParams, person: FakePerson, issuer: string): string | undefined {
    const [clientId, redirectUri, challenge] = ['client_id', 'redirect_uri', 'code_challenge'].map((name) =>
      query.get(name),
    );
    const isSound = query.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256';
    if (!isSound || !clientId || !redirectUri || !challenge || !query.get('state')) return undefined;
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { person, clientId, redirectUri, challenge, nonce: query.get('nonce') ?? undefined });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', issuer);
    return back.href;
  }

  /** Changes a code for an access token. @returns undefined where anything does not match */
  exchange(form: URLSearchParams, client: { id: string; secret: string }, given: { id: string; secret: string }) {
    const grant = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isOurs = given.id === client.id && given.secret === client.secret && grant?.clientId === client.id;
    if (!grant || !isOurs || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri')) return;
    const accessToken = randomBytes(16).toString('hex');
    this.#tokens.set(accessToken, grant.person);
    return { accessToken, person: grant.person, nonce: grant.nonce };
  }

  personOf(authorization: string | undefined): FakePerson | undefined {
    return this.#tokens.get(authorization?.replace(/^Bearer /i, '') ?? '');
  }
}
