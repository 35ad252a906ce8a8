import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { authenticateUser, findCaller, type GrantCredit, keyDigest, registerUser } from '@ai-bridge/access';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkSecrets } from './secret-check.ts';
import { makeSetupLink, setupTokenSetting } from './setup-link.ts';
import { ensureWelcome, ensureWelcomePlans } from './welcome.ts';

let db: TestDatabase;
let folder: string;
beforeEach(async () => {
  db = await createTestDatabase(3);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-seed-'));
});
afterEach(async () => {
  await db.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const pepper = 'a pepper of the tests';
const addresses = { consoleUrl: 'http://c', workerUrl: 'http://w' };
const welcome = (grantCredit: GrantCredit, more = addresses) =>
  ensureWelcome({ prisma: db.prisma, dataFolder: folder, pepper, grantCredit, addresses: more });

test('a first start that is killed half way is completed by the next, with the same credentials', async () => {
  const killed: GrantCredit = async () => {
    throw new Error('killed');
  };
  await expect(welcome(killed)).rejects.toThrow('killed');
  expect(fs.readdirSync(folder)).toEqual(['welcome.draft.json']);
  const draft = JSON.parse(fs.readFileSync(path.join(folder, 'welcome.draft.json'), 'utf8'));

  const grants: { key: string; amountNanoUsd: bigint }[] = [];
  const made = await welcome(async (_, grant) => grants.push(grant));
  expect(made).toEqual(draft);
  expect(fs.readdirSync(folder)).toEqual(['welcome.json']);
  expect(await authenticateUser(db.prisma, made!.admin)).toMatchObject({ staffRole: 'administrator' });
  expect(await authenticateUser(db.prisma, made!.customer)).toMatchObject({ staffRole: null });
  const caller = await findCaller(db.prisma, keyDigest(made!.apiKey, pepper));
  expect(caller!.organizationLimits).toEqual({ rpm: 1_000, itpm: 2_000_000, otpm: 400_000, concurrency: 50 });
  expect(grants).toEqual([expect.objectContaining({ amountNanoUsd: 10_000_000_000n })]);
  expect(grants[0]!.key).toBe(`welcome:${caller!.organizationId}`);
});

test('plans are made up where nobody has made any, and then never again', async () => {
  await ensureWelcomePlans(db.prisma);
  expect(await db.prisma.plan.count({ where: { enabled: true } })).toBe(3);
  await db.prisma.plan.deleteMany({ where: { id: { not: 'pro' } } });
  await ensureWelcomePlans(db.prisma);
  expect(await db.prisma.plan.count()).toBe(1);
});

test('later starts change the addresses in the file and nothing else', async () => {
  const grant: GrantCredit = async () => {};
  const made = await welcome(grant);
  const moved = { consoleUrl: 'http://c2', workerUrl: 'http://w2' };
  expect(await welcome(grant, moved)).toEqual({ ...made, ...moved });
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'welcome.json'), 'utf8'))).toEqual({ ...made, ...moved });
  expect(await db.prisma.user.count()).toBe(2);
  expect(await db.prisma.apiKey.count()).toBe(1);
});

test('a database that has people already gets no made-up ones', async () => {
  await registerUser(db.prisma, { email: 'ada@example.com', name: 'Ada', password: 'correct horse' });
  expect(await welcome(async () => {})).toBeUndefined();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a set-up link voids the one before, is stored as a hash only, and ends with the first administrator', async () => {
  const links = [await makeSetupLink(db.prisma, 'https://c'), await makeSetupLink(db.prisma, 'https://c')];
  const tokens = links.map((link) => /^https:\/\/c\/setup\?token=([\w-]{43})$/.exec(link!)![1]!);
  expect(tokens[0]).not.toBe(tokens[1]);
  const stored = await db.prisma.setting.findUniqueOrThrow({ where: { key: setupTokenSetting } });
  expect(stored.value).toBe(createHash('sha256').update(tokens[1]!).digest('hex'));
  const staff = {
    email: 'ada@example.com',
    name: 'Ada',
    password: 'correct horse',
    staffRole: 'administrator',
  } as const;
  await registerUser(db.prisma, staff);
  expect(await makeSetupLink(db.prisma, 'https://c')).toBeUndefined();
});

test('other secrets than those the database was made with are refused by name', async () => {
  const secrets = { NEXTAUTH_SECRET: 'n', BRIDGE_KEY_PEPPER: 'p', BRIDGE_SEALING_KEY: 's' };
  await checkSecrets(db.prisma, secrets);
  await checkSecrets(db.prisma, { ...secrets, NEXTAUTH_SECRET: 'another' });
  await expect(checkSecrets(db.prisma, { ...secrets, BRIDGE_SEALING_KEY: 'x' })).rejects.toThrow(
    /^BRIDGE_SEALING_KEY is not/,
  );
});
