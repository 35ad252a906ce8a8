import { listTerms, ownAttempts, rates, type SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readReceipt, readRoute, recordBatch } from './index.ts';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.database.query('TRUNCATE usage_record, usage_hourly, usage_daily_outcome, usage_daily'));

const maxBigint = 2n ** 63n - 1n;
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
/** Any text that Postgres can hold, and what separates or stands for nothing in one form or another. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((any) => any.replaceAll('\0', '0')),
  fc.constantFrom('', 'NULL', 'null', '\\N', '\n', 'a\nb', ',', '{}', '"', '\\', "'", '模型', '\u2028', '0'),
);
const count = optional(fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER)));
const attempt = fc.record({
  channelId: fc.constantFrom('chn_1', 'chn_2'),
  provider: text,
  model: text,
  status: optional(fc.integer({ min: 100, max: 599 })),
  firstByteMs: optional(fc.nat()),
  error: optional(text),
  paidBy: fc.constantFrom('customer' as const, 'house' as const),
});
const rejection = fc.record({ model: text, channelId: fc.constantFrom('chn_1', 'chn_2'), reason: text });
const record: fc.Arbitrary<Omit<SettlementRecord, 'requestId'>> = fc.record({
  organizationId: fc.constantFrom('org_a', 'org_b'),
  apiKeyId: fc.constantFrom('key_a', 'key_b', 'key_c'),
  createdAt: fc.integer({ min: -(10 ** 12), max: 4 * 10 ** 12 }).map((createdMs) => new Date(createdMs).toISOString()),
  outcome: fc.constantFrom('completed' as const, 'failed' as const),
  endpoint: text,
  clientProtocol: fc.constantFrom('openai-chat' as const, 'gemini' as const),
  upstreamProtocol: optional(fc.constant('openai-chat' as const)),
  stream: fc.boolean(),
  modelRequested: text,
  modelUsed: optional(text),
  upstreamModel: optional(text),
  provider: optional(text),
  channelId: optional(fc.constantFrom('chn_1', 'chn_2')),
  priceId: optional(fc.constant('prc_1')),
  usage: fc.record({
    input: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    output: count,
    reasoning: count,
    webSearches: count,
    rates: optional(fc.subarray([...rates], { minLength: 1 })),
  }),
  usageSource: fc.constantFrom('reported' as const, 'estimated' as const),
  chargeNanoUsd: fc
    .oneof(fc.bigInt(0n, maxBigint >> 12n), fc.constantFrom(0n, 10n ** 15n - 1n, 10n ** 15n, 2n ** 53n + 1n))
    .map(String),
  costNanoUsd: optional(fc.oneof(fc.bigInt(0n, maxBigint >> 12n), fc.constantFrom(0n, 10n ** 15n)).map(String)),
  status: optional(fc.integer({ min: 100, max: 599 })),
  errorCode: optional(text),
  firstByteMs: optional(fc.nat()),
  durationMs: fc.nat(),
  attempts: optional(fc.array(attempt, { maxLength: 3 })),
  losses: optional(fc.array(fc.record({ path: text, reason: text }), { minLength: 1, maxLength: 2 })),
  terms: optional(
    fc.record({
      multiplierBasisPoints: fc.constantFrom(0, 8_000, 10_000),
      forgivenTokens: fc.constantFrom(0, 5, 2 ** 40),
      multiplier: optional(fc.record({ group: text, version: fc.constantFrom(1, 2) })),
    }),
  ),
  routing: optional(
    fc.record({
      rejected: fc.array(rejection, { maxLength: 2 }),
      isChosen: optional(fc.constant(true as const)),
    }),
  ),
});

/** The record as its receipt should say it. */
function expected(of: SettlementRecord) {
  // What it cost is not on the customer's receipt.
  const { usage, channelId, upstreamModel, requestId, chargeNanoUsd, costNanoUsd: _, createdAt, routing, ...same } = of;
  const { rates: paidRates, ...counts } = usage;
  const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;
  return {
    ...Object.fromEntries(Object.entries(same).map(([field, value]) => [field, orNull(value)])),
    ...Object.fromEntries(Object.entries(counts).map(([kind, n]) => [kind, n === undefined ? null : BigInt(n)])),
    rates: orNull(paidRates),
    id: requestId,
    createdAt: new Date(createdAt),
    chargeNanoUsd: BigInt(chargeNanoUsd),
    attempts: JSON.parse(JSON.stringify(of.attempts ?? ownAttempts(of))),
    losses: of.losses ?? [],
    terms: of.terms ?? listTerms,
    price: undefined,
  };
}

test('what is read back is what was recorded, whatever its texts and numbers, alone or among others, new or repeated', async () => {
  let counter = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), fc.boolean(), async (some, isRepeated) => {
      const records = some.map((one) => ({ ...one, requestId: `req_${++counter}` }));
      if (isRepeated)
        await recordBatch(
          db.database,
          records.filter((_, index) => index % 2 === 0),
        );
      await recordBatch(db.database, records);
      for (const one of records) {
        const { organizationId, requestId } = one;
        const receipt = await readReceipt(db.database, { organizationId, requestId });
        expect(JSON.parse(inText(receipt))).toEqual(JSON.parse(inText(expected(one))));
        const route = await readRoute(db.database, requestId);
        expect(route?.costNanoUsd).toBe(one.costNanoUsd === undefined ? null : BigInt(one.costNanoUsd));
        expect(route?.rejected).toEqual(one.routing?.rejected ?? []);
        expect(route?.isChosen).toBe(one.routing?.isChosen === true);
        expect(route?.attempts).toEqual(receipt?.attempts);
      }
    }),
    { numRuns: 60 },
  );
});

/** Undefined and absent are one, and amounts are exact. */
function inText(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner));
}

test('a batch without anything in common is recorded whole', async () => {
  const some = fc.sample(record, 300).map((one, index) => ({
    ...one,
    requestId: `req_${index}`,
    modelRequested: `model-${index}`,
  }));
  expect(await recordBatch(db.database, some)).toBe('all');
  const rows = await db.database.query('SELECT id, model_requested AS model FROM usage_record');
  for (const { id, model } of rows) expect(model).toBe(`model-${String(id).slice(4)}`);
});

const refused: [why: string, change: Partial<SettlementRecord>][] = [
  ['a time that is none', { createdAt: 'yesterday' }],
  ['a count that is no integer', { usage: { input: 1.5 } }],
  ['a duration that is no number', { durationMs: Number.NaN }],
  ['a charge of more than 64 bits', { chargeNanoUsd: String(maxBigint + 1n) }],
  ['a charge that is none', { chargeNanoUsd: 'much' }],
  ['a cost that is none', { costNanoUsd: 'little' }],
  ['an id with a line end, which would shift the others', { requestId: 'req_1\nreq_2' }],
  ['a text that Postgres cannot hold', { modelRequested: 'a\0b' }],
];
for (const [why, change] of refused) {
  test(`${why} is refused as the record's own fault, and nothing is written`, async () => {
    const [one] = fc.sample(record, 1);
    const record_ = async () =>
      recordBatch(db.database, [
        { ...one!, requestId: 'req_1' },
        { ...one!, requestId: 'req_3', ...change },
      ]);
    await expect(record_()).rejects.toMatchObject({ code: expect.stringMatching(/^22/) });
    expect(await db.database.query('SELECT FROM usage_record UNION ALL SELECT FROM usage_daily')).toEqual([]);
  });
}
