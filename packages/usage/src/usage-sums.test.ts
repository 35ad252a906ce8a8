import { outcomes, type SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Dimension,
  dimensions,
  readUsageBreakdown,
  readUsageCells,
  readUsageValues,
  recordBatch,
  type UsageFilter,
} from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.query(`INSERT INTO organization (id, name) VALUES ('org_a', 'a'), ('org_b', 'b')`);
  await db.database.query(
    `INSERT INTO api_key (id, organization_id, created_by_user_id, name, digest, prefix, last4)
     SELECT id, 'org_a', member, id, id::bytea, 'ab', 'last'
     FROM (VALUES ('key_a', 'usr_1'), ('key_b', 'usr_1'), ('key_c', NULL)) AS made (id, member)`,
  );
});
afterAll(() => db.drop());

const memberOf: Record<string, string> = { key_a: 'usr_1', key_b: 'usr_1' };
const from = new Date('2026-11-20');
const to = new Date('2026-11-23');
const tokens = fc.option(fc.nat(10 ** 6), { nil: undefined });
const record: fc.Arbitrary<SettlementRecord> = fc.record({
  requestId: fc.nat(40).map((n) => `req_${n}`),
  organizationId: fc.constantFrom('org_a', 'org_a', 'org_b'),
  apiKeyId: fc.constantFrom('key_a', 'key_b', 'key_c'),
  createdAt: fc.constantFrom(
    ...['2026-11-20T00:00:00.000Z', '2026-11-21T22:59:59.999Z', '2026-11-21T23:00:00.000Z', '2026-11-21T23:59:59.999Z'],
    '2026-11-22T00:00:00.000Z',
  ),
  outcome: fc.constantFrom(...outcomes),
  endpoint: fc.constant('/v1/messages'),
  clientProtocol: fc.constant('gemini' as const),
  stream: fc.boolean(),
  modelRequested: fc.constantFrom('m1', 'm2', 'made-up'),
  modelUsed: fc.option(fc.constantFrom('m1', 'm2'), { nil: undefined }),
  provider: fc.option(fc.constantFrom('anthropic', 'openai'), { nil: undefined }),
  priceId: fc.option(fc.constant('prc_1'), { nil: undefined }),
  usage: fc.record({
    ...{ input: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens, output: tokens },
    ...{ reasoning: tokens, webSearches: tokens },
  }),
  usageSource: fc.constant('reported' as const),
  chargeNanoUsd: fc.bigInt(0n, 10n ** 15n).map(String),
  firstByteMs: fc.option(fc.nat(10 ** 6), { nil: undefined }),
  durationMs: fc.nat(10 ** 6),
});

const valueIn: Record<Dimension, (of: SettlementRecord) => string> = {
  model: (of) => of.modelUsed ?? (of.priceId === undefined ? '' : of.modelRequested),
  apiKey: (of) => of.apiKeyId,
  member: (of) => memberOf[of.apiKeyId] ?? '',
  provider: (of) => of.provider ?? '',
  outcome: (of) => of.outcome,
};

function figuresOf(records: readonly SettlementRecord[]) {
  const sum = (of: (one: SettlementRecord) => number | undefined) =>
    BigInt(records.reduce((all, one) => all + (of(one) ?? 0), 0));
  return {
    requests: BigInt(records.length),
    errors: sum(({ outcome }) => (outcome === 'completed' || outcome === 'client_left' ? 0 : 1)),
    input: sum(({ usage }) => usage.input),
    cacheRead: sum(({ usage }) => usage.cacheRead),
    cacheWrite: sum(({ usage }) => (usage.cacheWrite5m ?? 0) + (usage.cacheWrite1h ?? 0)),
    cacheWrite1h: sum(({ usage }) => usage.cacheWrite1h),
    output: sum(({ usage }) => usage.output),
    reasoning: sum(({ usage }) => usage.reasoning),
    webSearches: sum(({ usage }) => usage.webSearches),
    chargeNanoUsd: records.reduce((all, one) => all + BigInt(one.chargeNanoUsd), 0n),
    durationMsSum: sum(({ durationMs }) => durationMs),
    firstByteMsSum: sum(({ firstByteMs }) => firstByteMs),
    firstByteCount: sum(({ firstByteMs }) => (firstByteMs === undefined ? 0 : 1)),
  };
}

function matching(records: readonly SettlementRecord[], filter: UsageFilter): SettlementRecord[] {
  const is = (asked: string | undefined, dimension: Dimension, one: SettlementRecord) =>
    asked === undefined || valueIn[dimension](one) === asked;
  return records.filter(
    (one) =>
      one.organizationId === filter.organizationId &&
      is(filter.apiKeyId, 'apiKey', one) &&
      is(filter.memberId, 'member', one) &&
      is(filter.model, 'model', one) &&
      is(filter.provider, 'provider', one) &&
      (filter.outcomes?.includes(one.outcome) ?? true),
  );
}

const filters: readonly UsageFilter[] = [
  { organizationId: 'org_a' },
  { organizationId: 'org_a', apiKeyId: 'key_b' },
  { organizationId: 'org_a', memberId: 'usr_1', model: 'm1' },
  { organizationId: 'org_a', memberId: '', provider: 'openai' },
  { organizationId: 'org_a', provider: '', outcomes: ['failed', 'rejected'] },
  { organizationId: 'org_b', model: '' },
];

test('sums per hour and day are the sums of the records, by everything they are told apart by, and what comes twice counts once', async () => {
  const batches = fc.array(fc.array(record, { maxLength: 20 }), { minLength: 1, maxLength: 4 });
  const question = fc.record({
    filter: fc.constantFrom(...filters),
    by: fc.constantFrom(...dimensions),
    bucket: fc.constantFrom('hour' as const, 'day' as const),
    maxSeries: fc.constantFrom(1, 2, 6),
  });
  await fc.assert(
    fc.asyncProperty(batches, fc.array(question, { minLength: 4, maxLength: 4 }), async (sent, questions) => {
      await db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily');
      const first = new Map<string, SettlementRecord>();
      for (const batch of [...sent, ...sent.slice(0, 1)]) {
        for (const one of batch) if (!first.has(one.requestId)) first.set(one.requestId, one);
        await recordBatch(db.database, batch);
      }
      const records = [...first.values()];
      for (const { filter, by, bucket, maxSeries } of questions) {
        const mine = matching(records, filter);
        const asked = { filter, by, span: { bucket, from, to } };
        const told = await readUsageBreakdown(db.database, { ...asked, order: 'charge', maxGroups: 100, maxSeries });
        expect(told.total).toMatchObject(figuresOf(mine));
        const values = new Set(mine.map(valueIn[by]));
        expect(new Set(told.groups.map(({ value }) => value))).toEqual(values);
        for (const group of told.groups)
          expect(group).toMatchObject(figuresOf(mine.filter((one) => valueIn[by](one) === group.value)));
        expect(told.named).toHaveLength(values.size > maxSeries ? maxSeries - 1 : values.size);
        expect(told.named).toEqual(told.groups.slice(0, told.named.length).map(({ value }) => value));
        const startOf = (one: SettlementRecord) =>
          bucket === 'hour' ? `${one.createdAt.slice(0, 13)}:00Z` : one.createdAt.slice(0, 10);
        for (const point of told.points) {
          const those = mine.filter(
            (one) =>
              startOf(one) === point.start &&
              (point.value === null ? !told.named.includes(valueIn[by](one)) : valueIn[by](one) === point.value),
          );
          expect(point).toMatchObject(figuresOf(those));
        }
        const cells = await readUsageCells(db.database, asked);
        expect(cells.reduce((all, { requests }) => all + requests, 0n)).toBe(BigInt(mine.length));
        expect(told.points.reduce((all, { requests }) => all + requests, 0n)).toBe(BigInt(mine.length));
      }
      const own = records.filter(({ organizationId }) => organizationId === 'org_a');
      const distinct = (dimension: Dimension) => [...new Set(own.map(valueIn[dimension]))].sort();
      expect(await readUsageValues(db.database, 'org_a')).toEqual({
        ...{ models: distinct('model'), providers: distinct('provider'), apiKeyIds: distinct('apiKey') },
      });
    }),
    { numRuns: 30 },
  );
});

test('more groups than are listed are in the total', async () => {
  await db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily');
  const [one] = fc.sample(record, 1);
  const records = Array.from({ length: 9 }, (_, index) => ({
    ...one!,
    ...{ requestId: `req_${index}`, organizationId: 'org_a', modelUsed: `m${index}`, chargeNanoUsd: String(index) },
  }));
  await recordBatch(db.database, records);
  const told = await readUsageBreakdown(db.database, {
    ...{ filter: { organizationId: 'org_a' }, by: 'model', span: { bucket: 'day', from, to }, order: 'charge' },
    ...{ maxGroups: 3, maxSeries: 2 },
  });
  expect(told.groups.map(({ value }) => value)).toEqual(['m8', 'm7', 'm6']);
  expect(told.named).toEqual(['m8']);
  expect(told.total.requests).toBe(9n);
  expect(told.points.map(({ value, requests }) => [value, requests])).toEqual(
    expect.arrayContaining([
      ['m8', 1n],
      [null, 8n],
    ]),
  );
});
