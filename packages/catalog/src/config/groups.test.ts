import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSnapshot } from '../load-snapshot.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import { applyConfig } from './apply-config.ts';
import { parseConfig } from './parse-config.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const fileName = 'bridge.yaml';
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma);
});
afterEach(() => db.drop());

const apply = (text: string) =>
  applyConfig(db.prisma, parseConfig(text, fileName, {}), { fileName, sealingKey, env: {} });
const snapshot = () => loadSnapshot(db.prisma, { sealingKey });
const channel = (more: string) => `channels: [{ name: c, preset: openai, apiKey: k, ${more} }]`;

test('groups are what the file says: an exact multiplier, their models, the channels that are theirs', async () => {
  await apply(`
groups:
  - { id: economy, multiplier: "0.8", models: [gpt-4o] }
  - { id: codex, displayName: For Codex, multiplier: 1.2345 }
${channel('groups: [default, economy], codexInstructions: auto, costBasisPoints: 6000')}`);
  const { groups, channels } = await snapshot();
  expect([...groups.keys()]).toEqual(['codex', 'default', 'economy']);
  expect(groups.get('economy')).toEqual({
    id: 'economy',
    displayName: 'Economy',
    models: new Set(['gpt-4o']),
    terms: { multiplierBasisPoints: 8_000, forgivenTokens: 0, multiplier: { group: 'economy', version: 1 } },
  });
  expect(groups.get('codex')).toMatchObject({ displayName: 'For Codex', terms: { multiplierBasisPoints: 12_345 } });
  expect(groups.get('default')?.terms.multiplierBasisPoints).toBe(10_000);
  const said = { codexInstructions: 'auto', costBasisPoints: 6_000 };
  expect(channels[0]).toMatchObject({ groups: new Set(['default', 'economy']), ...said });
});

test('a channel that says nothing is in the default group, leaves prompts as they are, and costs list price', async () => {
  await apply(channel('weight: 1'));
  const { channels } = await snapshot();
  const meant = { codexInstructions: 'keep_original', costBasisPoints: 10_000 };
  expect(channels[0]).toMatchObject({ groups: new Set(['default']), ...meant });
});

test('a group that left the file is switched off, the default one costs list price again, and applying again writes nothing', async () => {
  await apply('groups: [{ id: economy, multiplier: 0.5 }, { id: default, multiplier: 2 }]');
  expect((await snapshot()).groups.get('default')?.terms.multiplierBasisPoints).toBe(20_000);
  await apply('groups: [{ id: economy, multiplier: 0.5 }]');
  const before = await db.database.query('SELECT ctid::text, g::text FROM channel_group g ORDER BY id');
  await apply('groups: [{ id: economy, multiplier: 0.5 }]');
  expect(await db.database.query('SELECT ctid::text, g::text FROM channel_group g ORDER BY id')).toEqual(before);
  await apply('{}');
  const { groups } = await snapshot();
  expect([...groups.keys()]).toEqual(['default']);
  expect(groups.get('default')?.terms.multiplierBasisPoints).toBe(10_000);
});

test.each([
  ['groups: [{ id: Economy }]', 'groups[0].id: expected 1 to 32 of a-z'],
  ['groups: [{ id: a }, { id: a }]', 'groups[1].id: expected a id that is used once'],
  ['groups: [{ id: a, multiplier: "0.80001" }]', 'groups[0].multiplier: expected a factor from 0 to 100'],
  ['groups: [{ id: a, multiplier: -1 }]', 'groups[0].multiplier: expected a factor from 0 to 100'],
  ['groups: [{ id: a, multiplier: 101 }]', 'groups[0].multiplier: expected a factor from 0 to 100'],
  ['groups: [{ id: a, models: [none-such] }]', 'groups[0].models[0]: expected a model of this file'],
  ['groups: [{ id: default, enabled: false }]', 'groups[0].enabled: expected true'],
  [channel('groups: [nobodys]'), 'channels[0].groups[0]: expected one of default'],
  [channel('groups: []'), 'channels[0].groups: expected at least one group'],
  [channel('costBasisPoints: -1'), 'channels[0].costBasisPoints: '],
  [channel('costBasisPoints: 100001'), 'channels[0].costBasisPoints: '],
  [channel('costBasisPoints: 60%'), 'channels[0].costBasisPoints: '],
  [channel('codexInstructions: maybe'), 'channels[0].codexInstructions: expected'],
])('%s is refused with its place', async (text, message) => {
  await expect((async () => apply(text))()).rejects.toThrow(message);
});
