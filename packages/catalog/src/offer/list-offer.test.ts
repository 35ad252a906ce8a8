import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureDemoChannel } from '../channels/demo-channel.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import { listOffer } from './list-offer.ts';

const listed = new Date('2026-11-21T12:00:00Z');
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma, { now: listed });
});
afterAll(() => db.drop());

const modelAt = async (id: string, now = listed) =>
  (await listOffer(db.prisma, now)).models.find((one) => one.id === id);
const anthropic = {
  ...{ id: 'chn_a', name: 'a', preset: 'anthropic', provider: 'anthropic', baseUrl: 'https://a.example' },
  ...{ protocols: ['anthropic-messages'], models: { '*': '*' }, origin: 'console' },
};

test('a model without a price in force is not on offer, and nobody falls back to it', async () => {
  const { models } = await listOffer(db.prisma, listed);
  const ids = new Set(models.map(({ id }) => id));
  expect(ids.has('claude-mythos-5-2')).toBe(false);
  expect(ids.has('claude-sonnet-4-6')).toBe(true);
  for (const { fallback } of models) for (const id of fallback) expect(ids).toContain(id);
  expect((await listOffer(db.prisma, new Date('2020-01-01'))).models).toEqual([]);
});

test('the price in force is shown, and the next one with its date', async () => {
  const before = await modelAt('gemini-4-argon');
  expect(before?.price.input).toBe(2_000_000_000n);
  expect(before?.announced.map(({ validFrom, price }) => [validFrom.toISOString().slice(0, 10), price.input])).toEqual([
    ['2026-12-01', 4_000_000_000n],
  ]);
  const after = await modelAt('gemini-4-argon', new Date('2026-12-02T00:00:00Z'));
  expect(after?.price.input).toBe(4_000_000_000n);
  expect(after?.announced).toEqual([]);
});

test('what is spoken natively comes from the channels that customers reach, and the demo stands back for a real one', async () => {
  expect((await modelAt('claude-sonnet-4-6'))?.protocols).toEqual([]);
  await ensureDemoChannel(db.prisma, { baseUrl: 'http://127.0.0.1:9' });
  expect((await modelAt('gpt-4o'))?.protocols).toHaveLength(4);
  await db.prisma.channel.create({ data: anthropic });
  expect((await modelAt('claude-sonnet-4-6'))?.protocols).toEqual(['anthropic-messages']);
  expect((await modelAt('gpt-4o'))?.protocols).toEqual([]);
  await db.prisma.channel.update({ where: { id: anthropic.id }, data: { groups: ['staff-only'] } });
  expect((await modelAt('claude-sonnet-4-6'))?.protocols).toEqual([]);
});

test('nothing of a channel is told', async () => {
  const offer = JSON.stringify(await listOffer(db.prisma, listed), (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  for (const secret of ['chn_a', 'a.example']) expect(offer).not.toContain(secret);
});
