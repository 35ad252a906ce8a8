import type { Database } from '@ai-bridge/db';
import { systemClock } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { seeded, seedUsage } from '@ai-bridge/testing/usage-seed';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld } from '#server/world.fixture.ts';
import { groupings, type UsageNarrowing } from '../usage-view.ts';

const rows = 100_000;
const seedTimeoutMs = 300_000;
/** One organization of fifty: whatever reads all organizations' rows for it has no index that it needs. */
const organizationId = 'org_bench_7';
const narrowings: UsageNarrowing[] = [
  {},
  { key: 'key_bench_7_2' },
  { member: '' },
  { model: 'model-9' },
  { provider: 'provider-3' },
  { status: 'errors' },
  { key: 'key_bench_7_2', status: 'failed', provider: 'provider-1', model: 'model-1' },
];

let db: TestDatabase;
let statements: { readonly text: string; readonly values: readonly unknown[] | undefined }[] = [];
let caller: ReturnType<typeof createCaller>;

beforeAll(async () => {
  db = await createTestDatabase();
  const world = await createWorld(db);
  await seedUsage(db.database, rows, () => {});
  const owner = await world.personWith({ organizationRole: 'owner' });
  const session = owner.session && { ...owner.session, memberships: [{ organizationId, role: 'owner' as const }] };
  const database: Database = {
    query: (text, values) => {
      statements.push({ text, values });
      return db.database.query(text, values);
    },
    transaction: db.database.transaction,
  };
  const clock = { ...systemClock, now: () => Date.parse(seeded.end) - 1 };
  caller = createCaller({
    ...owner,
    session: session as typeof owner.session,
    deps: { ...owner.deps, database, clock },
  });
}, seedTimeoutMs);

afterAll(() => db.drop());

/** How a statement reads the tables of usage, by the planner. */
async function readsOf({ text, values }: (typeof statements)[number]): Promise<string[]> {
  const [row] = await db.database.query<{ 'QUERY PLAN': unknown }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { 'Node Type': type, 'Relation Name': relation } = node as Record<string, unknown>;
    if (typeof relation === 'string' && relation.startsWith('usage_')) found.push(`${type} on ${relation}`);
    for (const part of Object.values(node)) walk(part);
  };
  walk(row?.['QUERY PLAN']);
  return found;
}

async function expectIndexed(call: () => Promise<unknown>, count: number): Promise<void> {
  statements = [];
  await call();
  expect(statements).toHaveLength(count);
  for (const statement of statements) {
    const reads = await readsOf(statement);
    expect(reads).not.toEqual([]);
    expect(reads.filter((read) => read.startsWith('Seq Scan'))).toEqual([]);
  }
}

test('the choices are one statement, which goes by indexes', () =>
  expectIndexed(async () => {
    const { keys, models, providers } = await caller.usage.choices({});
    expect([keys.length, providers.length, models.length > 5]).toEqual([5, 6, true]);
  }, 1));

test('a breakdown is one statement whatever it is by and narrowed to, which goes by an index', async () => {
  for (const by of groupings) {
    for (const range of ['48h', '30d'])
      await expectIndexed(() => caller.usage.breakdown({ range, by, metric: 'spend', narrowing: {} }), 1);
  }
  for (const narrowing of narrowings)
    await expectIndexed(() => caller.usage.breakdown({ range: '7d', by: 'model', metric: 'tokens', narrowing }), 1);
});

test('a page of requests is one statement, which goes by indexes, and pages have all that match once, newest first', async () => {
  for (const narrowing of narrowings) {
    await expectIndexed(() => caller.usage.requests({ range: '90d', narrowing }), 1);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await caller.usage.requests({ range: '48h', narrowing, cursor });
      ids.push(...page.requests.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    const { total } = await caller.usage.breakdown({ range: '48h', by: 'provider', metric: 'spend', narrowing });
    expect(ids).toHaveLength(Number(total.requests));
    // The ids of these rows go with time.
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  }
});
