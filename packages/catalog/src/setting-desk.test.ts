import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyConfig } from './config/apply-config.ts';
import { parseConfig } from './config/parse-config.ts';
import { type SettingName, settingDefinitions, settingNames } from './setting-definitions.ts';
import { changeSettings, listSettingChanges, listSettings } from './setting-desk.ts';
import { defaultLanguageOf, defaultSettings, readSettings } from './settings.ts';

const fileName = 'bridge.yaml';
const actor = { kind: 'console', userId: 'usr_1' } as const;
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const change = (changes: Record<string, unknown>) => changeSettings(db.prisma, changes, actor);
const apply = (text: string) =>
  applyConfig(db.prisma, parseConfig(text, fileName, {}), {
    fileName,
    sealingKey: 'a sealing key, long enough',
    env: {},
  });
const one = async (name: SettingName) => (await listSettings(db.prisma)).find((setting) => setting.name === name);

test('every default is a value that its own setting takes', () => {
  for (const name of settingNames)
    expect(settingDefinitions[name].schema.safeParse(defaultSettings[name]).success, name).toBe(true);
});

test('a change is in force at once, says who made it, and can be put back to the default', async () => {
  await change({ siteName: ' Tower ', languages: ['en'], signUpBonusTokens: 5_000 });
  expect(await readSettings(db.prisma)).toMatchObject({
    siteName: 'Tower',
    languages: ['en'],
    signUpBonusTokens: 5_000,
  });
  expect(await one('siteName')).toMatchObject({ value: 'Tower', default: 'AI-Bridge', source: 'console' });
  await change({ siteName: null });
  expect(await one('siteName')).toMatchObject({ value: 'AI-Bridge', source: 'default', changedAt: null });
  const changes = await listSettingChanges(db.prisma, 10);
  expect(changes.map(({ name, from, to, actorUserId }) => [name, from, to, actorUserId])).toEqual([
    ['siteName', 'Tower', null, 'usr_1'],
    ['signUpBonusTokens', null, 5_000, 'usr_1'],
    ['languages', null, ['en'], 'usr_1'],
    ['siteName', null, 'Tower', 'usr_1'],
  ]);
});

test('what changes nothing is not written down', async () => {
  await change({ siteName: 'Tower' });
  await change({ siteName: 'Tower', signUp: null });
  expect(await listSettingChanges(db.prisma, 10)).toHaveLength(1);
});

test('one wrong value among several changes none, and is named', async () => {
  const wrong: [string, unknown][] = [
    ['siteName', ''],
    ['siteName', 'x'.repeat(65)],
    ['currency', 'USD'],
    ['languages', []],
    ['languages', ['zh', 'zh']],
    ['languages', ['fr']],
    ['supportContact', 'javascript:alert(1)'],
    ['supportContact', 'http://support.example.com'],
    ['supportContact', 'https://user:password@support.example.com'],
    ['ownKeyFeeBasisPoints', 10_001],
    ['secondPersonAboveUsd', 1.5],
    ['refundAnswerDays', 0],
    ['signUpBonusTokens', -1],
    ['signUp', 'maybe'],
    ['signUpLimits', { rpm: 0 }],
    ['accentOnLight', 'red'],
    ['accentOnLight', '#c63d0a;--ink:red'],
    ['neverWas', 1],
    ['__proto__x', 1],
    ['toString', 1],
  ];
  for (const [name, value] of wrong)
    await expect(change({ showBalanceAs: 'money', [name]: value }), `${name} ${value}`).rejects.toMatchObject({
      ...{ code: 'setting_invalid', path: name },
    });
  expect((await readSettings(db.prisma)).showBalanceAs).toBe('tokens');
});

test('a contact is an e-mail address, an https page or nothing', async () => {
  for (const supportContact of ['help@example.com', 'https://example.com/help', '']) {
    await change({ supportContact });
    expect((await readSettings(db.prisma)).supportContact).toBe(supportContact);
  }
});

test('a colour that cannot be read on its paper is refused, and the ratio told', async () => {
  await expect(change({ accentOnLight: '#ff7a45' })).rejects.toThrow(
    /2\.\d+:1 with the light paper, and text needs 4.5:1/,
  );
  await expect(change({ accentOnDark: '#333333' })).rejects.toThrow(/1\.\d+:1 with the dark paper/);
  await change({ accentOnLight: '#0B5FA5' });
  expect((await readSettings(db.prisma)).accentOnLight).toBe('#0b5fa5');
});

test('what the file names is shown and not changed here, until a file no longer names it', async () => {
  await change({ siteName: 'By hand' });
  await apply('settings: { siteName: By the file }');
  expect(await one('siteName')).toMatchObject({ value: 'By the file', source: 'file' });
  for (const value of ['By hand', null])
    await expect(change({ siteName: value })).rejects.toMatchObject({
      code: 'setting_owned_by_file',
      path: 'siteName',
    });
  await change({ signUp: 'closed' });
  await apply('settings: { signUp: open }');
  expect(await one('siteName')).toMatchObject({ value: 'By the file', source: 'console' });
  await change({ siteName: 'By hand again' });
  expect((await readSettings(db.prisma)).siteName).toBe('By hand again');
});

test('a value that is not understood counts as unset', async () => {
  await db.prisma.setting.createMany({
    data: [
      { key: 'accentOnLight', value: '#ffffff' },
      { key: 'languages', value: ['fr'] },
      { key: 'of-another-version', value: 1 },
    ],
  });
  expect(await readSettings(db.prisma)).toEqual(defaultSettings);
  expect(await one('languages')).toMatchObject({ value: ['zh', 'en'], source: 'default' });
});

test('Codex’s texts are not in the list of changes', async () => {
  await change({ codexOfficialInstructions: { '*': 'CANARY' } });
  expect(JSON.stringify((await listSettingChanges(db.prisma, 10)).map(({ from, to }) => [from, to]))).not.toContain(
    'CANARY',
  );
});

test('a default language that is not on offer gives way to the first that is', () => {
  expect(defaultLanguageOf({ languages: ['en'], defaultLanguage: 'zh' })).toBe('en');
  expect(defaultLanguageOf({ languages: ['zh', 'en'], defaultLanguage: 'en' })).toBe('en');
});
