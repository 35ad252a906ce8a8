import { createApiKey, registerUser, removeMember, setMemberLimits } from '@ai-bridge/access';
import { openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** What the product promises: a change is in force everywhere within a second. */
const withinMs = 1_000;
/** An outcome reaches Postgres in a fifth of that. */
const settledMs = 5_000;

let stack: Stack;
let pool: ReturnType<typeof openPool>;
let prisma: PrismaClient;
beforeAll(async () => {
  stack = await startStack();
  pool = openPool({ url: String(stack.environment['DATABASE_URL']), maxConnections: 2, applicationName: 'members' });
  prisma = openPrisma(pool.pool);
});
afterAll(async () => {
  await prisma.$disconnect();
  await pool.close();
  await stack.stop();
});

const actor = { kind: 'console', userId: 'usr_owner' } as const;

async function newMember(name: string) {
  const { organizationId } = stack;
  const person = { email: `${name.toLowerCase()}@example.com`, name, password: 'correct horse' };
  const { userId } = await registerUser(prisma, person);
  await prisma.member.create({ data: { organizationId, userId, role: 'developer' } });
  const newKey = async () => {
    const key = { organizationId, name, createdByUserId: userId };
    return (await createApiKey(prisma, key, { pepper: String(stack.environment['BRIDGE_KEY_PEPPER']) })).secret;
  };
  const limit = (limits: { perDayNanoUsd?: bigint; perMonthNanoUsd?: bigint }) =>
    setMemberLimits(prisma, { organizationId, userId, limits, actor });
  return { userId, newKey, limit };
}

const ask = (key: string) =>
  call(`${stack.url}/v1/messages`, { headers: anthropicHeaders({ key }), body: messages({ chunks: 1 }) });
const statusWith = async (key: string) => (await ask(key)).status;

/** What the last of so many requests of a key cost, once all of them are settled. */
async function chargeOf(userId: string, requests: number): Promise<bigint> {
  return eventually(
    async () => {
      const rows = await stack.database.query<{ charge: bigint }>(
        `SELECT u.charge_nano_usd AS charge FROM usage_record u JOIN api_key k ON k.id = u.api_key_id
         WHERE k.created_by_user_id = $1 AND u.outcome = 'completed' ORDER BY u.created_at DESC`,
        [userId],
      );
      return rows.length === requests && rows[0]?.charge;
    },
    { withinMs: settledMs, what: () => 'not settled yet' },
  );
}

for (const per of ['perDayNanoUsd', 'perMonthNanoUsd'] as const) {
  test(`the keys of one member share what they may spend (${per}); nobody else’s are touched`, async () => {
    const [member, other] = [await newMember(`shared-${per}`), await newMember(`other-${per}`)];
    const [first, second, theirs] = [await member.newKey(), await member.newKey(), await other.newKey()];
    expect(await statusWith(first)).toBe(200);
    const charge = await chargeOf(member.userId, 1);
    expect(charge).toBeGreaterThan(0n);
    // Room for one request more, whichever key makes it.
    await member.limit({ [per]: charge + 1n });
    expect(await statusWith(second)).toBe(200);
    await eventually(async () => (await statusWith(first)) === 402, { withinMs });
    for (const key of [first, second]) {
      const refused = await ask(key);
      expect(refused.status).toBe(402);
      expect(refused.headers['x-should-retry']).toBe('false');
      const { error } = refused.json<{ error: { type: string; message: string } }>();
      expect(error.type).toBe('insufficient_balance');
      expect(error.message).toMatch(/spend limit .* all keys of its member/);
    }
    expect(await statusWith(theirs)).toBe(200);
    expect(await statusWith(stack.key)).toBe(200);
  });
}

test('a limit that is raised, taken away, or whose member was removed is in force within a second', async () => {
  const member = await newMember('changed');
  const key = await member.newKey();
  const becomes = (status: number) =>
    eventually(async () => (await statusWith(key)) === status, { withinMs, what: () => `not ${status} yet` });
  expect(await statusWith(key)).toBe(200);
  await chargeOf(member.userId, 1);
  await member.limit({ perDayNanoUsd: 1n });
  await becomes(402);
  await member.limit({ perDayNanoUsd: 1_000_000_000_000n });
  await becomes(200);
  await member.limit({ perMonthNanoUsd: 1n });
  await becomes(402);
  await member.limit({});
  await becomes(200);
  await member.limit({ perDayNanoUsd: 1n });
  await becomes(402);
  // Their keys stay, as the organization's: a limit of somebody who left holds no more.
  const { organizationId } = stack;
  await removeMember(prisma, { organizationId, userId: member.userId, keys: 'keep', now: new Date(), actor });
  await becomes(200);
});

test('what is spent is known to a worker that has just started', async () => {
  const member = await newMember('restarted');
  const key = await member.newKey();
  expect(await statusWith(key)).toBe(200);
  const charge = await chargeOf(member.userId, 1);
  await stack.kill9();
  await member.limit({ perDayNanoUsd: charge });
  await stack.restart();
  expect(await statusWith(key)).toBe(402);
});

test('requests under way count: of many at once over two keys, none begins that what is reserved leaves no room for', async () => {
  const member = await newMember('at-once');
  const keys = [await member.newKey(), await member.newKey()];
  await member.limit({ perDayNanoUsd: 1n });
  const held = openCall(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders({ key: keys[0] ?? '' }),
    body: messages({ chunks: 2, hold: 'member-limits' }, { stream: true }),
  });
  expect((await held.head).status).toBe(200);
  const refused = await ask(keys[1] ?? '');
  expect(refused.status).toBe(402);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  stack.upstream.release('member-limits');
  await held.whole;
  expect((await ask(keys[1] ?? '')).headers['x-should-retry']).toBe('false');
});
