import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  codexTextSchema,
  deleteCodexText,
  listCodexTexts,
  maxCodexTextBytes,
  readCodexText,
  setCodexText,
} from './codex-texts.ts';
import { applyConfig } from './config/apply-config.ts';
import { parseConfig } from './config/parse-config.ts';
import { loadSnapshot } from './load-snapshot.ts';
import { maxCodexTexts } from './setting-definitions.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const fileName = 'bridge.yaml';
const actor = { kind: 'console', userId: 'usr_1' } as const;
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const set = (beginning: string, text: string) => setCodexText(db.prisma, { beginning, text }, actor);
const apply = (text: string) =>
  applyConfig(db.prisma, parseConfig(text, fileName, {}), { fileName, sealingKey, env: {} });
const inForce = async () =>
  (await loadSnapshot(db.prisma, { sealingKey })).settings.codexOfficialInstructions as Record<string, string>;

test('texts are added, changed and taken away one by one, each with its audit row', async () => {
  await set('*', 'for all');
  await set('gpt-5-codex', 'You are Codex.\nBe exact.');
  await set('*', 'for all others');
  expect(await inForce()).toEqual({ '*': 'for all others', 'gpt-5-codex': 'You are Codex.\nBe exact.' });
  expect(await listCodexTexts(db.prisma)).toEqual({
    isOwnedByFile: false,
    texts: [
      { beginning: 'gpt-5-codex', characters: 24, start: 'You are Codex. Be exact.' },
      { beginning: '*', characters: 14, start: 'for all others' },
    ],
  });
  expect(await readCodexText(db.prisma, 'gpt-5-codex')).toBe('You are Codex.\nBe exact.');
  await deleteCodexText(db.prisma, '*', actor);
  expect(await inForce()).toEqual({ 'gpt-5-codex': 'You are Codex.\nBe exact.' });
  const audit = await db.prisma.auditLog.findMany({ orderBy: { id: 'asc' } });
  expect(audit.map(({ detail }) => detail)).toEqual([
    { beginning: '*', from: null, to: 'for all' },
    { beginning: 'gpt-5-codex', from: null, to: 'You are Codex.\nBe exact.' },
    { beginning: '*', from: 'for all', to: 'for all others' },
    { beginning: '*', from: 'for all others', to: null },
  ]);
});

test('two people who change different texts at once do not undo each other', async () => {
  const beginnings = ['a', 'b', 'c', 'd', 'e', 'f'];
  await Promise.all(beginnings.map((beginning) => set(beginning, `text ${beginning}`)));
  expect(Object.keys(await inForce()).sort()).toEqual(beginnings);
});

test('what is too much, too long or no beginning of a model id is refused', async () => {
  for (let number = 0; number < maxCodexTexts; number++) await set(`m${number}`, 'text');
  await expect(set('one-more', 'text')).rejects.toMatchObject({ code: 'setting_invalid' });
  await set('m0', 'another text');
  for (const gone of ['never', 'toString', '__proto__']) {
    await expect(deleteCodexText(db.prisma, gone, actor)).rejects.toMatchObject({ code: 'not_found' });
    await expect(readCodexText(db.prisma, gone)).rejects.toMatchObject({ code: 'not_found' });
  }
  const isTaken = (beginning: string, text: string) => codexTextSchema.safeParse({ beginning, text }).success;
  expect(isTaken('*', 'x')).toBe(true);
  expect(isTaken('openai/gpt-5.1', 'x'.repeat(maxCodexTextBytes))).toBe(true);
  expect(isTaken('*', '字'.repeat(maxCodexTextBytes / 2))).toBe(false);
  for (const beginning of ['', ' ', 'a b', '**', '__proto__', 'x'.repeat(201)])
    expect(isTaken(beginning, 'x')).toBe(false);
  expect(isTaken('a', ' \n ')).toBe(false);
});

test('what the file names is the file’s, until a file no longer names it', async () => {
  await set('*', 'by hand');
  await apply('settings: { codexOfficialInstructions: { "*": by the file } }');
  expect(await listCodexTexts(db.prisma)).toMatchObject({ isOwnedByFile: true });
  await expect(set('*', 'by hand')).rejects.toMatchObject({ code: 'setting_owned_by_file' });
  await expect(deleteCodexText(db.prisma, '*', actor)).rejects.toMatchObject({ code: 'setting_owned_by_file' });
  await apply('settings: { siteName: Tower }');
  expect(await inForce()).toEqual({ '*': 'by the file' });
  await set('*', 'by hand again');
  expect(await inForce()).toEqual({ '*': 'by hand again' });
  await apply('settings: { siteName: Tower }');
  expect(await inForce()).toEqual({ '*': 'by hand again' });
});
