import type { IdentityProvider } from '@ai-bridge/access';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Env } from '#env.ts';

interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Where people may come in from, each where it is configured. */
export interface IdentityClients {
  readonly github?: Client & { readonly base: string; readonly apiBase: string };
  readonly google?: Client & { readonly issuer: string };
}

export function readIdentityClients(env: Env): IdentityClients {
  const { GITHUB_ID, GITHUB_SECRET, GITHUB_BASE, GITHUB_API_BASE, GOOGLE_ID, GOOGLE_SECRET, GOOGLE_ISSUER } = env;
  return {
    ...(GITHUB_ID &&
      GITHUB_SECRET && {
        github: { id: GITHUB_ID, secret: GITHUB_SECRET, base: GITHUB_BASE, apiBase: GITHUB_API_BASE },
      }),
    ...(GOOGLE_ID && GOOGLE_SECRET && { google: { id: GOOGLE_ID, secret: GOOGLE_SECRET, issuer: GOOGLE_ISSUER } }),
  };
}

/** Those that the sign-in page offers, in its order. */
export function offeredProviders(clients: IdentityClients): readonly IdentityProvider[] {
  return (['github', 'google'] as const).filter((provider) => clients[provider] !== undefined);
}

/** What a provider says of somebody, as far as we ask. */
export interface ProviderProfile {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly email_verified?: boolean;
}

/** Next-auth's providers: state and PKCE on both. */
export function oauthProviders({ github, google }: IdentityClients): OAuthConfig<ProviderProfile>[] {
  return [...(github ? [githubProvider(github)] : []), ...(google ? [googleProvider(google)] : [])];
}

const requestTimeoutMs = 5_000;

function githubProvider({ id, secret, base, apiBase }: NonNullable<IdentityClients['github']>) {
  return {
    ...{ id: 'github', name: 'GitHub', type: 'oauth', clientId: id, clientSecret: secret, checks: ['pkce', 'state'] },
    issuer: `${base}/login/oauth`,
    authorization: { url: `${base}/login/oauth/authorize`, params: { scope: 'read:user user:email' } },
    token: `${base}/login/oauth/access_token`,
    userinfo: {
      url: `${apiBase}/user`,
      // The profile shows a public address if any; the list of addresses says which one is the person's and made sure of.
      async request({ tokens }) {
        const headers = { authorization: `Bearer ${tokens.access_token}`, accept: 'application/vnd.github+json' };
        const [user, emails] = await Promise.all(
          ['/user', '/user/emails'].map((path) => getJson(`${apiBase}${path}`, headers)),
        );
        const { id: subject, name, login } = user as { id: number; name: string | null; login: string };
        const list = emails as { email: string; primary: boolean; verified: boolean }[];
        const primary = list.find((email) => email.primary);
        const address = primary ? { email: primary.email, email_verified: primary.verified } : {};
        return { sub: String(subject), name: name ?? login, ...address };
      },
    },
    profile: profileOf,
  } satisfies OAuthConfig<ProviderProfile> as OAuthConfig<ProviderProfile>;
}

function googleProvider({ id, secret, issuer }: NonNullable<IdentityClients['google']>) {
  return {
    ...{ id: 'google', name: 'Google', type: 'oauth', clientId: id, clientSecret: secret, checks: ['pkce', 'state'] },
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    profile: profileOf,
  } satisfies OAuthConfig<ProviderProfile> as OAuthConfig<ProviderProfile>;
}

function profileOf(profile: ProviderProfile & { sub?: string }) {
  if (!profile.sub) throw new Error('the provider names nobody');
  return { id: profile.sub, name: profile.name ?? null, email: profile.email ?? null };
}

async function getJson(url: string, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(requestTimeoutMs) });
  if (!answer.ok) throw new Error(`the provider answers ${answer.status}`);
  return answer.json();
}
