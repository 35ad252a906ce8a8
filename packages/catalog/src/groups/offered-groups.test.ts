import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyConfig } from '../config/apply-config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { groupsOfKeys, listOfferedGroups, requireOfferedGroup } from './offered-groups.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const fileName = 'bridge.yaml';
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const apply = (text: string) =>
  applyConfig(db.prisma, parseConfig(text, fileName, {}), { fileName, sealingKey, env: {} });
const priced = (id: string) => `{ id: ${id}, price: { input: 1, output: 2 } }`;

test('customers are offered what the operator offers and nothing else, with the models that its keys see', async () => {
  await apply(`
models: [${['gpt-a', 'gpt-b', 'claude-a'].map(priced).join(', ')}, { id: unpriced }]
groups:
  - { id: codex, displayName: Codex, multiplier: "0.8", models: [gpt-a, claude-a], offered: true }
  - { id: vip, multiplier: 0 }
  - { id: gone, offered: true, enabled: false }
channels:
  - { name: one, preset: openai, apiKey: k, models: [gpt-a, gpt-b, unpriced], groups: [codex, vip] }
  - { name: two, preset: custom, protocol: openai-chat, baseUrl: "https://a.example.com", models: "*" }`);
  expect(await listOfferedGroups(db.prisma)).toEqual([
    { id: 'codex', displayName: 'Codex', multiplierBasisPoints: 8_000, models: ['gpt-a'] },
    { id: 'default', displayName: 'Default', multiplierBasisPoints: 10_000, models: ['claude-a', 'gpt-a', 'gpt-b'] },
  ]);
  await requireOfferedGroup(db.prisma, 'codex');
  for (const id of ['vip', 'gone', 'never-was'])
    await expect(requireOfferedGroup(db.prisma, id)).rejects.toMatchObject({ code: 'group_not_offered' });
});

test('a key shows its group even where that is not offered, switched off or gone', async () => {
  await apply('groups: [{ id: vip, multiplier: 0.5 }, { id: closed, enabled: false }]');
  const groupOf = await groupsOfKeys(db.prisma, ['vip', 'closed', 'gone', 'vip']);
  expect(groupOf('vip')).toEqual({ id: 'vip', displayName: 'Vip', multiplierBasisPoints: 5_000, isUsable: true });
  expect(groupOf('closed')).toMatchObject({ isUsable: false });
  expect(groupOf('gone')).toMatchObject({ displayName: 'gone', multiplierBasisPoints: undefined, isUsable: false });
});

test('the default group is always offered', async () => {
  await expect(apply('groups: [{ id: default, offered: false }]')).rejects.toThrow('groups[0].offered: expected true');
  await apply('groups: [{ id: default, multiplier: 2 }]');
  await apply('{}');
  expect((await listOfferedGroups(db.prisma)).map(({ id }) => id)).toEqual(['default']);
});
