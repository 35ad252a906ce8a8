import type { Caller } from '@ai-bridge/access/callers';
import type { RelayError } from '@ai-bridge/domain';
import { hasRedis, startTestRedis, type TestRedis } from '@ai-bridge/testing/redis';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openRedis } from '../shared-state/open-redis.ts';
import { LimitExchange } from './limit-exchange.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { SeenWorkers } from './seen-workers.ts';
import { Subjects } from './subject.ts';
import { openUsageStream, type StreamEntry, type UsageStream } from './usage-stream.ts';

/** One after the other, as Redis keeps them. */
class Entries implements UsageStream {
  readonly all: StreamEntry[] = [];
  isAway = false;
  /** Takes the next entry, and answers as if it had not. */
  losesAnswer = false;

  async exchange(entry: Readonly<Record<string, string>> | undefined, after: string | undefined) {
    if (this.isAway) throw new Error('away');
    const appendedId = entry && `${Date.now()}-${this.all.length}`;
    if (entry && appendedId) this.all.push({ id: appendedId, fields: entry });
    if (this.losesAnswer) {
      this.losesAnswer = false;
      throw new Error('no answer');
    }
    const [afterMs = 0, afterNumber = 0] = (after ?? '').split('-').map(Number);
    const isBehind = ({ id }: StreamEntry) => {
      const [ms = 0, number = 0] = id.split('-').map(Number);
      return ms > afterMs || (ms === afterMs && number > afterNumber);
    };
    return { appendedId, entries: after === undefined ? [] : this.all.filter(isBehind) };
  }
}

interface TestWorker {
  readonly limiter: Limiter;
  readonly exchange: LimitExchange;
  readonly subjects: Subjects;
}

const clock = { now: () => Date.now(), monotonicMs: () => Date.now() };
let stream: Entries;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  stream = new Entries();
});
afterEach(() => {
  vi.useRealTimers();
});

async function startWorker(id: string, on: UsageStream = stream, othersAtStart = 0): Promise<TestWorker> {
  const subjects = new Subjects(true);
  const seen = new SeenWorkers(subjects, id);
  const exchange = new LimitExchange({
    ...{ clock, workerId: id, subjects, seen, stream: on, othersAtStart },
    onFailed() {},
  });
  await exchange.start();
  return { limiter: createLimiter(clock, subjects, exchange), exchange, subjects };
}

const caller = (limits: Caller['keyLimits'], keyId = 'key_1'): Caller =>
  ({ keyId, organizationId: 'org_1', keyLimits: limits, organizationLimits: {} }) as Caller;
const nothing = { inputTokens: 0, outputTokens: 0 };

function admit({ limiter }: TestWorker, limits: Caller['keyLimits'], estimate = nothing) {
  try {
    return limiter.admit(caller(limits), estimate, clock.now());
  } catch (error) {
    expect((error as RelayError).code).toBe('rate_limit_exceeded');
    return undefined;
  }
}
const countAdmitted = (worker: TestWorker, limits: Caller['keyLimits'], tries = 50) =>
  Array.from({ length: tries }, () => admit(worker, limits)).filter(Boolean).length;
/** Long enough for everybody to have told and heard, also from idleness. */
const exchanged = () => vi.advanceTimersByTimeAsync(1_400);

test('what one worker let through counts on the other after an exchange, and so do its open requests until they end', async () => {
  const [a, b] = [await startWorker('a'), await startWorker('b')];
  expect(countAdmitted(a, { rpm: 7 })).toBe(7);
  await exchanged();
  expect(countAdmitted(b, { rpm: 7 })).toBe(0);
  expect(countAdmitted(b, { rpm: 10 })).toBe(3);
  const held = [admit(a, { concurrency: 12 }), admit(a, { concurrency: 12 })];
  await exchanged();
  expect(admit(b, { concurrency: 12 })).toBeUndefined();
  held[0]?.release(nothing);
  await exchanged();
  expect(admit(b, { concurrency: 12 })).toBeDefined();
  expect(admit(b, { concurrency: 12 })).toBeUndefined();
});

test('tokens that were estimated and not used are given back on the other worker too', async () => {
  const [a, b] = [await startWorker('a'), await startWorker('b')];
  const limits = { itpm: 1_000, otpm: 500 };
  const admission = admit(a, limits, { inputTokens: 900, outputTokens: 400 });
  await exchanged();
  expect(admit(b, limits, { inputTokens: 200, outputTokens: 10 })).toBeUndefined();
  admission?.release({ inputTokens: 100, outputTokens: 450 });
  await exchanged();
  expect(admit(b, limits, { inputTokens: 900, outputTokens: 60 })).toBeUndefined();
  expect(admit(b, limits, { inputTokens: 900, outputTokens: 50 })).toBeDefined();
});

test('a message whose answer was lost is sent again and counts once', async () => {
  const [a, b] = [await startWorker('a'), await startWorker('b')];
  expect(countAdmitted(a, { rpm: 6 }, 3)).toBe(3);
  stream.losesAnswer = true;
  await vi.advanceTimersByTimeAsync(3_000);
  const twice = stream.all.map(({ fields }) => `${fields['worker']} ${fields['number']}`);
  expect(new Set(twice).size).toBeLessThan(twice.length);
  expect(countAdmitted(b, { rpm: 6 })).toBe(3);
});

test('with the stream away each worker goes on with its share, one at least, and all of it is counted when it is back', async () => {
  const [a, b] = [await startWorker('a'), await startWorker('b')];
  await exchanged();
  expect([a.exchange.workers, b.exchange.workers]).toEqual([2, 2]);
  stream.isAway = true;
  await vi.advanceTimersByTimeAsync(4_000);
  expect([a.exchange.isKnown, b.exchange.isKnown]).toEqual([false, false]);
  expect([countAdmitted(a, { rpm: 10 }), countAdmitted(b, { rpm: 10 })]).toEqual([5, 5]);
  expect(countAdmitted(a, { rpm: 10, concurrency: 10 })).toBe(0);
  expect([...a.subjects.all()][0]?.own.open).toBe(5);
  stream.isAway = false;
  await vi.advanceTimersByTimeAsync(3_000);
  expect([a.exchange.isKnown, b.exchange.isKnown]).toEqual([true, true]);
  expect([countAdmitted(a, { rpm: 11 }), countAdmitted(b, { rpm: 10 })]).toEqual([1, 0]);
  expect(b.exchange.workers).toBe(2);
});

test('a share is one request at least, however many workers there are', async () => {
  stream.isAway = true;
  const worker = await startWorker('a', stream, 9);
  expect(countAdmitted(worker, { rpm: 3 })).toBe(1);
  expect(countAdmitted(worker, { rpm: 35 })).toBe(2);
});

test('a worker that comes later knows the last minute, also its own before it was restarted, and requests that have been open for long', async () => {
  const a = await startWorker('a');
  expect(countAdmitted(a, { rpm: 4 })).toBe(4);
  await vi.advanceTimersByTimeAsync(50_000);
  const b = await startWorker('b');
  await exchanged();
  expect(countAdmitted(b, { rpm: 4 })).toBe(0);
  await vi.advanceTimersByTimeAsync(100_000);
  const c = await startWorker('c');
  await vi.advanceTimersByTimeAsync(25_000);
  expect(countAdmitted(c, { concurrency: 5 })).toBe(1);
  expect(countAdmitted(a, { rpm: 2 }, 1)).toBe(1);
  await exchanged();
  const again = await startWorker('a');
  // Nothing that an earlier life let through is open any more.
  expect(countAdmitted(again, { rpm: 3 })).toBe(1);
  expect([...again.subjects.all()][0]?.all.open).toBe(2);
});

test('the open requests of a worker that stops are over at once, of one that dies after some silence', async () => {
  const [a, b, c] = [await startWorker('a'), await startWorker('b'), await startWorker('c')];
  const limits = { concurrency: 4 };
  admit(a, limits);
  admit(a, limits);
  admit(b, limits);
  await exchanged();
  expect(countAdmitted(c, limits)).toBe(1);
  await a.exchange.close();
  await exchanged();
  expect(c.exchange.workers).toBe(2);
  expect(countAdmitted(c, limits)).toBe(2);
  b.exchange.close = async () => {};
  vi.spyOn(stream, 'exchange').mockImplementation(async (entry, after) => {
    if (entry?.['worker'] === 'b') throw new Error('dead');
    return Entries.prototype.exchange.call(stream, entry, after);
  });
  await vi.advanceTimersByTimeAsync(7_500);
  expect(c.exchange.workers).toBe(1);
  expect(countAdmitted(c, limits)).toBe(1);
});

test('what is no message is passed over, and of a message what is no row, whatever numbers customers come up with', async () => {
  const a = await startWorker('a');
  const good = '["key_1",0,[[1800000000,50,0,0]]]';
  const message = { worker: 'x', life: '1', number: '1', last: '0', rows: `[${good}]` };
  const wrong = [
    {},
    { ...message, rows: 'x' },
    { ...message, rows: '{}' },
    { ...message, life: 'now' },
    { ...message, number: '0' },
    { ...message, last: 'no' },
  ];
  for (const fields of wrong) await stream.exchange(fields as Record<string, string>, undefined);
  await exchanged();
  expect(a.exchange.workers).toBe(1);
  expect(countAdmitted(a, { rpm: 2 })).toBe(2);
  const rows = ['["key_1",-1,[]]', '["key_1",0,[[1,2]]]', '["key_1",0,[[1800000000,1e999,0,0]]]', '7', good];
  await stream.exchange({ ...message, rows: `[${rows}]` }, undefined);
  await exchanged();
  expect(a.exchange.workers).toBe(2);
  expect(countAdmitted(a, { rpm: 53 })).toBe(1);
});

test('a request for more tokens than numbers hold exactly hides nobody else’s', async () => {
  const [a, b] = [await startWorker('a'), await startWorker('b')];
  expect(countAdmitted(a, { rpm: 5 })).toBe(5);
  a.limiter.admit(caller({ otpm: 10 }, 'key_2'), { inputTokens: 0, outputTokens: 1e300 }, clock.now());
  await exchanged();
  expect(countAdmitted(b, { rpm: 5 })).toBe(0);
});

test('nothing is said twice a second while nobody has limits', async () => {
  await startWorker('a');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stream.all.length).toBeLessThanOrEqual(61);
});

test('whatever comes to whom, all workers agree on what was used, and nothing stays open when everything has ended', async () => {
  const step = fc.record({
    worker: fc.integer({ min: 0, max: 2 }),
    tokens: fc.integer({ min: 0, max: 100 }),
    used: fc.integer({ min: 0, max: 200 }),
    waitMs: fc.integer({ min: 0, max: 400 }),
    ends: fc.boolean(),
    fails: fc.integer({ min: 0, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      stream = new Entries();
      const workers = [await startWorker('a'), await startWorker('b'), await startWorker('c')];
      const open: (() => void)[] = [];
      for (const { worker, tokens, used, waitMs, ends, fails } of steps) {
        const estimate = { inputTokens: tokens, outputTokens: 1 };
        const admission = admit(workers[worker] as TestWorker, { rpm: 1_000_000, itpm: 100_000_000 }, estimate);
        const end = () => admission?.release({ inputTokens: used, outputTokens: 1 });
        if (ends) end();
        else open.push(end);
        if (fails === 0) stream.losesAnswer = true;
        await vi.advanceTimersByTimeAsync(waitMs);
      }
      for (const end of open) end();
      await vi.advanceTimersByTimeAsync(4_000);
      const sums = workers.map(({ subjects }) => {
        const all = [...subjects.all()][0]?.all;
        return all && [all.requests.used(clock.now()), all.inputTokens.used(clock.now()), all.open];
      });
      const expected =
        steps.length === 0 ? undefined : [steps.length, steps.reduce((sum, { used }) => sum + used, 0), 0];
      expect(sums).toEqual([expected, expected, expected]);
      for (const { exchange } of workers) await exchange.close();
    }),
    { numRuns: 40 },
  );
});

describe.skipIf(!hasRedis)('with a real Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(() => {
    vi.useRealTimers();
  });

  test('entries come in order, once, with what is too old trimmed away in the end', async () => {
    const usage = openUsageStream(openRedis(redis, 1_000), 'test:limits');
    const first = await usage.exchange({ n: '1' }, undefined);
    expect(first.entries).toEqual([]);
    const second = await usage.exchange({ n: '2' }, first.appendedId);
    expect(second.entries.map(({ fields }) => fields)).toEqual([{ n: '2' }]);
    expect(await usage.exchange(undefined, second.appendedId)).toEqual({ appendedId: undefined, entries: [] });
    const [append] = redis.front.commands.filter(([name], at) => name === 'XADD' && at > 1);
    const bound = Number(append?.[append.indexOf('MINID') + 2]);
    expect(Date.now() - bound).toBeGreaterThan(60_000);
    expect(Date.now() - bound).toBeLessThan(90_000);
  });

  test('two workers agree through it', async () => {
    const open = () => openUsageStream(openRedis(redis, 1_000), 'test:two');
    const [a, b] = [await startWorker('a', open()), await startWorker('b', open())];
    expect(countAdmitted(a, { rpm: 5 }, 5)).toBe(5);
    await vi.waitFor(() => expect(admit(b, { rpm: 5 })).toBeUndefined(), { timeout: 5_000 });
    await a.exchange.close();
    await b.exchange.close();
  });
});
