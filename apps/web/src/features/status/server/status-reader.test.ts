import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { addModelHealth, type ModelHealthSums } from '@ai-bridge/usage';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPublicReads, publicReadsPerAddress } from '#server/public-reads.ts';
import { statusAnswer } from './status-answer.ts';
import { createStatusReader, reportFreshMs } from './status-reader.ts';

const startMs = Date.parse('2026-11-21T10:02:00Z');
const minuteMs = 60_000;
let db: TestDatabase;
const time = { ms: startMs };
const clock = { now: () => time.ms, monotonicMs: () => time.ms };

beforeAll(async () => {
  db = await createTestDatabase();
  await db.prisma.model.deleteMany();
  for (const [id, enabled] of [['m', true] as const, ['hidden', false] as const]) {
    await db.prisma.model.create({ data: { id, provider: 'openai', displayName: id, enabled } });
    const price = {
      id: `prc_${id}`,
      modelId: id,
      version: 1,
      validFrom: new Date(0),
      source: 'config',
      input: 1n,
      output: 1n,
    };
    await db.prisma.price.create({ data: price });
  }
  await db.prisma.model.create({ data: { id: 'unpriced', provider: 'openai', displayName: 'Unpriced' } });
  await db.prisma.channel.create({ data: channel('chn_real', 'real-secret-name', 'config') });
});
beforeEach(async () => {
  time.ms = startMs;
  await db.database.query('TRUNCATE model_health');
});
afterAll(() => db.drop());

function channel(id: string, name: string, origin: string) {
  return {
    id,
    name,
    origin,
    preset: 'openai',
    provider: 'openai',
    protocols: ['openai-chat'],
    baseUrl: 'https://x.test',
    models: {},
  };
}

const sums = (agoMs: number, requests: number, failures: number, over: Partial<ModelHealthSums> = {}) => ({
  ...{ model: 'm', provider: 'openai', requests, failures, firstByteCounts: [requests - failures] },
  at: new Date(Math.floor((startMs - agoMs) / (5 * minuteMs)) * 5 * minuteMs),
  ...over,
});
const reader = () => createStatusReader({ prisma: db.prisma, database: db.database, clock });

test('now reaches 15 minutes back, 24 hours a day, and the days 90, each by its own sums', async () => {
  await addModelHealth(db.database, [
    sums(0, 10, 1),
    sums(15 * minuteMs, 10, 1),
    sums(21 * minuteMs, 80, 38),
    sums(25 * 60 * minuteMs, 100, 0),
    sums(89 * 24 * 60 * minuteMs, 4, 1),
    sums(91 * 24 * 60 * minuteMs, 999, 999),
  ]);
  const { models, firstDay, updatedAt } = await reader().read();
  expect(updatedAt).toEqual(new Date(startMs));
  expect(firstDay).toBe('2026-08-24');
  expect(models).toHaveLength(1);
  const [model] = models;
  expect(model).toMatchObject({
    ...{ model: 'm', state: 'degraded', availability: 0.799 },
    now: { availability: 0.9, firstByteP50Ms: 25 },
    last24Hours: { availability: 0.6 },
  });
  expect(model?.days).toHaveLength(90);
  expect([model?.days[0], model?.days[1], model?.days[88], model?.days[89]]).toEqual([0.75, null, 1, 0.6]);
});

test('only models that are on offer show, no channel is named, and the simulator’s past is left out', async () => {
  await addModelHealth(db.database, [
    sums(0, 5, 0, { model: 'hidden' }),
    sums(0, 5, 0, { model: 'unpriced' }),
    sums(0, 5, 0, { model: 'made-up' }),
    sums(0, 5, 0, { provider: 'demo' }),
  ]);
  const report = await reader().read();
  expect(report.models).toMatchObject([{ model: 'm', provider: 'openai', state: 'no_traffic' }]);
  const sent = JSON.stringify(report);
  for (const secret of ['chn_', 'real-secret-name', 'x.test', 'hidden', 'unpriced', 'demo']) {
    expect(sent).not.toContain(secret);
  }
});

test('a report is read anew once it is ten seconds old, and a new day after midnight', async () => {
  const { read } = reader();
  await addModelHealth(db.database, [sums(0, 4, 0)]);
  expect((await read()).models[0]?.state).toBe('operational');
  await addModelHealth(db.database, [sums(0, 4, 4)]);
  time.ms += reportFreshMs - 1;
  expect((await read()).models[0]?.state).toBe('operational');
  time.ms += 1;
  expect((await read()).models[0]?.state).toBe('degraded');
  time.ms = Date.parse('2026-11-22T00:00:01Z');
  const tomorrow = await read();
  expect(tomorrow.firstDay).toBe('2026-08-25');
  expect(tomorrow.models[0]?.days.slice(-2)).toEqual([0.5, null]);
});

test('over HTTP it is JSON for anyone; who asks too often is told when to come back', async () => {
  const deps = { publicReads: createPublicReads(clock.monotonicMs), status: reader() };
  const ask = (address: string) => statusAnswer(deps, address, (error) => expect.unreachable(String(error)));
  for (let read = 0; read < publicReadsPerAddress.maxMarks; read++) expect((await ask('10.0.0.1')).status).toBe(200);
  const refused = await ask('10.0.0.1');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('60');
  const answer = await ask('10.0.0.2');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=10');
  expect(await answer.json()).toMatchObject({ overall: 'no_traffic', models: [{ model: 'm', now: null }] });
});

test('a database that is away is a 503 without its words', async () => {
  const errors: unknown[] = [];
  const status = { read: () => Promise.reject(new Error('secret host')) };
  const deps = { publicReads: createPublicReads(clock.monotonicMs), status };
  const answer = await statusAnswer(deps, '10.0.0.3', (error) => errors.push(error));
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain('secret');
  expect(errors).toHaveLength(1);
});
