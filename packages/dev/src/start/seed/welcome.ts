import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type GrantCredit, generateKey, importApiKey, type Registration, registerUser } from '@ai-bridge/access';
import { type PrismaClient, sqlOf } from '@ai-bridge/db';
import { nanoUsdPerPlanToken, signUpLimits } from '@ai-bridge/domain';
import { writeFilePrivately } from '../secrets.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What DATA_DIR/welcome.json holds: the throw-away credentials of a local first start. */
export interface Welcome {
  readonly consoleUrl: string;
  readonly workerUrl: string;
  readonly admin: Credentials;
  readonly customer: Credentials;
  readonly apiKey: string;
}

export interface WelcomeOptions {
  readonly prisma: PrismaClient;
  readonly dataFolder: string;
  readonly pepper: string;
  readonly grantCredit: GrantCredit;
  readonly addresses: Pick<Welcome, 'consoleUrl' | 'workerUrl'>;
}

export const welcomeTokens = 10_000_000n;
/** What can be bought on a local first start; staff change it. */
const welcomePlans = [
  { id: 'starter', displayName: 'Starter', tokens: 10_000_000n, bonusTokens: 0n, amountMinor: 990n, displayOrder: 1 },
  {
    id: 'plus',
    displayName: 'Plus',
    tokens: 50_000_000n,
    bonusTokens: 2_500_000n,
    amountMinor: 4_900n,
    displayOrder: 2,
  },
  {
    id: 'pro',
    displayName: 'Pro',
    tokens: 200_000_000n,
    bonusTokens: 20_000_000n,
    amountMinor: 19_000n,
    displayOrder: 3,
  },
];
const passwordBytes = 12;
const keyName = 'First key';

/**
 * On a local first start: an administrator, and a customer with granted tokens and an API key, all with random secrets
 * that are kept in welcome.json (0600). The secrets are chosen and stored before the rows, so that a start that is
 * killed in between is completed by the next. On later starts it only brings the addresses in the file up to date.
 * @returns undefined where people exist already who were not made here
 */
export async function ensureWelcome(options: WelcomeOptions): Promise<Welcome | undefined> {
  const { prisma, dataFolder, addresses } = options;
  const file = path.join(dataFolder, 'welcome.json');
  const draftFile = path.join(dataFolder, 'welcome.draft.json');
  const finished = readWelcome(file);
  if (finished) return writeWelcome(file, { ...finished, ...addresses });
  const draft = readWelcome(draftFile);
  if (!draft && (await prisma.user.count()) > 0) return undefined;
  const welcome = draft ?? writeWelcome(draftFile, inventWelcome(addresses));
  await ensureRows(options, welcome);
  writeWelcome(file, { ...welcome, ...addresses });
  fs.rmSync(draftFile, { force: true });
  return welcome;
}

/** On a local start: a few plans, where neither a configuration file nor anybody else has made any. */
export async function ensureWelcomePlans(prisma: PrismaClient): Promise<void> {
  if ((await prisma.plan.count()) > 0) return;
  const plans = welcomePlans.map((plan) => ({ ...plan, currency: 'usd' }));
  await prisma.plan.createMany({ data: plans, skipDuplicates: true });
}

function inventWelcome(addresses: WelcomeOptions['addresses']): Welcome {
  const credentials = (name: string) => ({
    email: `${name}@ai-bridge.local`,
    password: randomBytes(passwordBytes).toString('base64url'),
  });
  return { ...addresses, admin: credentials('admin'), customer: credentials('customer'), apiKey: generateKey() };
}

async function ensureRows({ prisma, pepper, grantCredit }: WelcomeOptions, welcome: Welcome): Promise<void> {
  await ensureUser(prisma, { ...welcome.admin, name: 'Administrator', staffRole: 'administrator' });
  const userId = await ensureUser(prisma, { ...welcome.customer, name: 'Customer', limits: signUpLimits });
  const { organizationId } = await prisma.member.findFirstOrThrow({ where: { userId, role: 'owner' } });
  await grantCredit(sqlOf(prisma), {
    key: `welcome:${organizationId}`,
    organizationId,
    amountNanoUsd: welcomeTokens * nanoUsdPerPlanToken,
    reason: 'local first start',
    actor: 'system',
  });
  if ((await prisma.apiKey.count({ where: { organizationId } })) > 0) return;
  const key = { organizationId, createdByUserId: userId, name: keyName, secret: welcome.apiKey };
  await importApiKey(prisma, key, { pepper });
}

async function ensureUser(prisma: PrismaClient, registration: Registration): Promise<string> {
  const found = await prisma.user.findUnique({ where: { email: registration.email } });
  return found?.id ?? (await registerUser(prisma, { ...registration, emailVerifiedAt: new Date() })).userId;
}

function readWelcome(file: string): Welcome | undefined {
  if (!fs.existsSync(file)) return undefined;
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Welcome;
  } catch {
    return undefined;
  }
}

function writeWelcome(file: string, welcome: Welcome): Welcome {
  writeFilePrivately(file, `${JSON.stringify(welcome, null, 2)}\n`);
  return welcome;
}
