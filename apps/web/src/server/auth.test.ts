import { registerUser } from '@ai-bridge/access';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authOptions } from './auth.ts';
import type { Deps, SiteConfig } from './deps.ts';
import { authCookies } from './session-cookie.ts';
import { createWorld } from './world.fixture.ts';

let db: TestDatabase;
let deps: Deps;
const password = 'correct horse battery';
const request = { address: '10.0.0.1', requestId: 'req_1', userAgent: 'test', callbackUrl: undefined };

beforeAll(async () => {
  db = await createTestDatabase();
  deps = (await createWorld(db)).deps;
  await registerUser(db.prisma, { email: 'known@example.com', name: 'Known', password });
});

afterAll(() => db.drop());

/** Signs in as next-auth has it done. */
function attempt(email: string, typed: string) {
  const [credentials] = authOptions(deps, site, request).providers;
  const { authorize } = (
    credentials as unknown as { options: { authorize: (input: object) => Promise<{ id: string } | null> } }
  ).options;
  return authorize({ email, password: typed });
}

test('a right password opens a session that a page finds; a revoked one is gone', async () => {
  const signedIn = await attempt('Known@Example.com', password);
  const session = await deps.sessions.find(signedIn!.id);
  expect(session?.user.email).toBe('known@example.com');
  const options = authOptions(deps, site, request);
  await options.events!.signOut!({ token: { sid: signedIn!.id }, session: undefined as never });
  expect(await deps.sessions.find(signedIn!.id)).toBeUndefined();
  const where = { actorUserId: session?.user.id ?? '', action: { startsWith: 'session.' } };
  const deeds = await db.prisma.auditLog.findMany({ where, orderBy: { id: 'asc' } });
  const call = { actorKind: 'console', address: '10.0.0.1', requestId: 'req_1' };
  expect(deeds).toMatchObject([
    { action: 'session.open', ...call },
    { action: 'session.revoke', ...call },
  ]);
});

test('a wrong password and an unknown e-mail get the same answer', async () => {
  expect(await attempt('known@example.com', 'wrong')).toBeNull();
  expect(await attempt('unknown@example.com', 'wrong')).toBeNull();
});

test('the cookie carries the id of the session and nothing else', async () => {
  const { jwt, session } = authOptions(deps, site, request).callbacks!;
  expect(await jwt!({ token: { name: 'x', email: 'y' }, user: { id: 'session-1' } } as never)).toEqual({
    sid: 'session-1',
  });
  expect(await jwt!({ token: { sid: 'session-1', email: 'y' } } as never)).toEqual({ sid: 'session-1' });
  const shown = await session!({ session: { expires: 'soon', user: { email: 'y' } } } as never);
  expect(shown).toEqual({ expires: 'soon' });
});

test('after signing in nobody is sent to another site', async () => {
  const { redirect } = authOptions(deps, site, request).callbacks!;
  const baseUrl = 'http://console.test';
  expect(await redirect!({ url: 'https://evil.test/x', baseUrl })).toBe(baseUrl);
  expect(await redirect!({ url: '//evil.test', baseUrl })).toBe(baseUrl);
  expect(await redirect!({ url: '/\\evil.test', baseUrl })).toBe(baseUrl);
  expect(await redirect!({ url: `${baseUrl}/console`, baseUrl })).toBe(`${baseUrl}/console`);
  expect(await redirect!({ url: '/en/console?tab=1', baseUrl })).toBe(`${baseUrl}/en/console?tab=1`);
});

test('session cookies are out of reach of scripts and foreign sites, and bound to the host over https', () => {
  for (const secure of [true, false]) {
    for (const { name, options } of Object.values(authCookies(secure))) {
      expect(options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure });
      expect(options).not.toHaveProperty('domain');
      expect(name.startsWith('__Host-')).toBe(secure);
    }
  }
});

const site: SiteConfig = {
  sessionSecret: 'a-secret-of-the-tests',
  secureCookies: false,
  origin: undefined,
  workerPublicUrl: undefined,
  workerPort: 3001,
  commandFile: undefined,
  identityClients: {},
};
