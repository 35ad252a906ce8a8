import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GrantCredit } from '../grant-credit.ts';
import { keyDigest } from '../keys/digest.ts';
import { findCaller } from '../keys/find-caller.ts';
import { deleteApiKey } from '../keys/manage.ts';
import { authenticateUser } from '../people/users.ts';
import { applyOrganizations } from './apply-organizations.ts';
import { organizationsSection } from './organizations-section.ts';

const pepper = 'a pepper of the tests';
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const grants: { key: string; amountNanoUsd: bigint }[] = [];
const grantCredit: GrantCredit = async (_, { key, amountNanoUsd }) => {
  grants.push({ key, amountNanoUsd });
};
const apply = (organizations: unknown) =>
  applyOrganizations(db.prisma, organizationsSection.parse(organizations) ?? [], { pepper, grantCredit });
const find = (secret: string) => findCaller(db.prisma, keyDigest(secret, pepper));

function bench(name: string, more: object = {}) {
  return {
    name,
    owner: { email: `${name}@Example.com`, password: 'correct horse' },
    grantTokens: 1_000_000_000,
    limits: { rpm: 1000 },
    keys: [{ name: 'bench', secret: `ab-${name}-of-another-relay`, group: 'gold', fallback: false }],
    ...more,
  };
}

/** Everything in the tables that applying writes, with the physical place of each row: an UPDATE would move it. */
const state = () =>
  db.database.query(`
    SELECT 'organization' AS what, ctid::text, o::text FROM organization o
    UNION ALL SELECT 'user', ctid::text, u::text FROM "user" u
    UNION ALL SELECT 'member', ctid::text, m::text FROM member m
    UNION ALL SELECT 'key', ctid::text, k::text FROM api_key k
    UNION ALL SELECT 'audit', ctid::text, a::text FROM audit_log a ORDER BY 1, 2`);

test('the file makes organization, owner, credit and keys', async () => {
  await apply([bench('alpha')]);
  const caller = await find('ab-alpha-of-another-relay');
  expect(caller).toMatchObject({
    organizationName: 'alpha',
    group: 'gold',
    strict: true,
    organizationLimits: { rpm: 1000 },
  });
  const user = await authenticateUser(db.prisma, { email: 'alpha@example.com', password: 'correct horse' });
  const member = await db.prisma.member.findFirst({ where: { userId: user!.id } });
  expect(member).toMatchObject({ role: 'owner', organizationId: caller?.organizationId });
  expect(grants).toEqual([{ key: `config:${caller?.organizationId}:grant`, amountNanoUsd: 1_000_000_000_000n }]);
});

test('applied again, it changes nothing and grants nothing', async () => {
  await apply([bench('beta')]);
  const [before, granted] = [await state(), grants.length];
  await apply([bench('beta')]);
  await apply([bench('beta', { grantTokens: 5 })]);
  expect(await state()).toEqual(before);
  expect(grants).toHaveLength(granted);
});

test('two processes that apply the file at once make one of everything', async () => {
  await Promise.all([apply([bench('gamma')]), apply([bench('gamma')]), apply([bench('gamma')])]);
  const organization = await db.prisma.organization.findUniqueOrThrow({
    where: { configKey: 'gamma' },
    include: { apiKeys: true, members: true },
  });
  expect([organization.apiKeys.length, organization.members.length]).toEqual([1, 1]);
  expect(grants.filter(({ key }) => key === `config:${organization.id}:grant`)).toHaveLength(1);
});

test('limits and key settings follow the file; the owner keeps the password they have', async () => {
  await apply([bench('delta')]);
  const keys = [{ name: 'bench', secret: 'ab-delta-of-another-relay', models: ['gpt-4o'], limits: { rpm: 3 } }];
  const owner = { email: 'delta@example.com', password: 'another horse' };
  await apply([bench('delta', { limits: { concurrency: 2 }, keys, owner })]);
  expect(await find('ab-delta-of-another-relay')).toMatchObject({
    group: 'default',
    strict: false,
    models: new Set(['gpt-4o']),
    keyLimits: { rpm: 3 },
    organizationLimits: { concurrency: 2 },
  });
  expect(await authenticateUser(db.prisma, { email: owner.email, password: owner.password })).toBeUndefined();
});

test('a key that leaves the file stops working and works again when it comes back', async () => {
  await apply([bench('epsilon')]);
  await apply([bench('epsilon', { keys: [] })]);
  expect(await find('ab-epsilon-of-another-relay')).toBeUndefined();
  await apply([bench('epsilon')]);
  expect(await find('ab-epsilon-of-another-relay')).toBeDefined();
});

test('a key that a person deleted stays deleted, whatever the file says', async () => {
  await apply([bench('zeta')]);
  const caller = await find('ab-zeta-of-another-relay');
  const { organizationId, keyId } = caller!;
  await deleteApiKey(db.prisma, { organizationId, apiKeyId: keyId, actor: { kind: 'console' } });
  await apply([bench('zeta')]);
  expect(await find('ab-zeta-of-another-relay')).toBeUndefined();
});

test('a secret of another organization stops the file with its path, and nothing of the file stays', async () => {
  await apply([bench('eta')]);
  const thief = bench('theta', { keys: [{ name: 'k', secret: 'ab-eta-of-another-relay' }] });
  await expect(apply([thief])).rejects.toMatchObject({ code: 'key_taken', path: 'organizations[0].keys[0].secret' });
  expect(await db.prisma.organization.findUnique({ where: { configKey: 'theta' } })).toBeNull();
});

test('the section refuses names and secrets used twice, unknown fields and malformed secrets, each by its path', () => {
  const paths = (value: unknown) =>
    organizationsSection.safeParse(value).error?.issues.map(({ path }) => path.join('.'));
  const key = { name: 'k', secret: 'ab-used-more-than-once' };
  expect(paths([{ name: 'a' }, { name: 'a' }])).toEqual(['1.name']);
  expect(
    paths([
      { name: 'a', keys: [key] },
      { name: 'b', keys: [key] },
    ]),
  ).toEqual(['1.keys.0.secret']);
  expect(paths([{ name: 'a', keys: [{ name: 'k', secret: 'ab-short' }] }])).toEqual(['0.keys.0.secret']);
  expect(paths([{ name: 'a', owner: { email: 'a', password: 'short' } }])).toEqual([
    '0.owner.email',
    '0.owner.password',
  ]);
  expect(paths([{ name: 'a', rpm: 3 }])).toEqual(['0']);
});
