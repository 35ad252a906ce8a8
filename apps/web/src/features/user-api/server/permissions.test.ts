import { can, createApiKey, organizationRoles, type Permission, staffRoles } from '@ai-bridge/access';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, setUp, type Target, type World } from '#server/world.fixture.ts';
import { type Answer, asks, tokenOfPerson } from './asks.fixture.ts';
import { isOfOrganization } from './route.ts';
import { apiRoutes } from './routes.ts';
import type { RouteName } from './words.ts';

let db: TestDatabase;
let world: World;
let ask: ReturnType<typeof asks>;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  ask = asks(world.deps);
});
afterAll(() => db.drop());

const ofOrganizations = apiRoutes.filter(isOfOrganization);

/** What a route is called with that its schemas take. */
const bodies: Partial<Record<RouteName, object>> = {
  createKey: { name: 'made' },
  recharge: { amount: 5 },
  requestRefund: { reason: 'too many' },
  register: { username: 'a', email: 'a@example.com', password: 'long enough' },
};

/** A thing of an organization that a path names. */
async function idOf(name: string, { organizationId }: Target): Promise<string> {
  if (name === 'orderId') return world.paidOrder(organizationId);
  await db.prisma.apiKey.deleteMany({ where: { organizationId, name: 'of the path' } });
  const key = { organizationId, name: 'of the path', actor: setUp };
  return (await createApiKey(db.prisma, key, { pepper: world.deps.keyPepper })).apiKey.id;
}

async function callRoute(name: RouteName, token: string | undefined, target: Target): Promise<Answer> {
  const route = apiRoutes.find((one) => one.name === name);
  if (!route) throw new Error(`there is no ${name}`);
  const [, param] = /\{(\w+)\}/.exec(route.path) ?? [];
  const path = param ? route.path.replace(`{${param}}`, await idOf(param, target)) : route.path;
  const query = isOfOrganization(route) ? `?organizationId=${target.organizationId}` : '';
  await db.prisma.apiKey.deleteMany({ where: { name: 'made' } });
  return ask(route.method, `${path}${query}`, { token, body: bodies[name] });
}

test('nobody without a token gets past anything that is not public', async () => {
  const closed = apiRoutes.filter(({ access }) => access !== 'public');
  expect(closed.length).toBeGreaterThan(10);
  for (const { name } of closed) {
    for (const token of [undefined, 'ab-0123456789', 'a.b.c']) {
      const { status, headers, body } = await callRoute(name, token, world.own);
      expect({ name, status, type: body.error.type }).toEqual({ name, status: 401, type: 'authentication_error' });
      expect(headers.get('www-authenticate')).toBe('Bearer');
    }
  }
});

for (const organizationRole of organizationRoles) {
  test(`a ${organizationRole} may do in their organization exactly what the table says, and nothing in another one`, async () => {
    const token = await tokenOfPerson(await world.personWith({ organizationRole }));
    for (const { name, access, status: answered } of ofOrganizations) {
      const expected = can({ organizationRole }, access as Permission) ? answered : 403;
      const { status, body } = await callRoute(name, token, world.own);
      expect(status, `${name} ${JSON.stringify(body)}`).toBe(expected);
      const foreign = await callRoute(name, token, world.foreign);
      expect(foreign.body.error, name).toMatchObject({ type: 'permission_error', code: 'forbidden' });
    }
  });
}

for (const staffRole of staffRoles) {
  test(`${staffRole} staff may do in an organization exactly what the table says`, async () => {
    const person = await world.personWith({ staffRole });
    await world.stateReason(person, world.foreign.organizationId);
    const token = await tokenOfPerson(person);
    for (const { name, access, status: answered } of ofOrganizations) {
      const expected = can({ staffRole }, access as Permission) ? answered : 403;
      const { status, body } = await callRoute(name, token, world.foreign);
      expect(status, `${name} ${JSON.stringify(body)}`).toBe(expected);
    }
  });
}

test('a key and an order of another organization are as unknown as none', async () => {
  const token = await tokenOfPerson(await world.personWith({ organizationRole: 'owner' }));
  const named = ofOrganizations.filter(({ path }) => path.includes('{'));
  expect(named.length).toBeGreaterThan(4);
  for (const { name, path, method } of named) {
    const [, param = ''] = /\{(\w+)\}/.exec(path) ?? [];
    for (const id of [await idOf(param, world.foreign), 'unknown']) {
      const { status, body } = await ask(method, path.replace(`{${param}}`, id), { token, body: bodies[name] });
      expect({ name, status, code: body.error.code }).toEqual({ name, status: 404, code: 'not_found' });
    }
  }
});
