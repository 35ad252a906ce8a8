import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMailLocale } from './mail-locale.ts';
import { readMailSite } from './site.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase(2);
});
afterAll(() => db.drop());

async function siteWith(settings: Readonly<Record<string, unknown>>) {
  await db.prisma.setting.deleteMany();
  for (const [key, value] of Object.entries(settings))
    await db.prisma.setting.create({ data: { key, value: value as never } });
  return readMailSite(db.database, 'https://bridge.example');
}

test('who has chosen no language is written to in the site’s first, and nobody in one that it does not speak', async () => {
  const languages = async (settings: Readonly<Record<string, unknown>>) => {
    const site = await siteWith(settings);
    return [null, 'zh', 'en', 'fr'].map((chosen) => readMailLocale(chosen, site));
  };
  expect(await languages({})).toEqual(['zh', 'zh', 'en', 'zh']);
  expect(await languages({ languages: ['en'] })).toEqual(['en', 'en', 'en', 'en']);
  expect(await languages({ languages: ['zh', 'en'], defaultLanguage: 'en' })).toEqual(['en', 'zh', 'en', 'en']);
  expect(await languages({ languages: ['en', 'zh'] })).toEqual(['zh', 'zh', 'en', 'zh']);
  expect(await languages({ languages: [], defaultLanguage: 7 })).toEqual(['zh', 'zh', 'zh', 'zh']);
});

test('a mail comes from the site by the name that its settings give', async () => {
  expect((await siteWith({})).name).toBe('AI-Bridge');
  expect((await siteWith({ siteName: 'Tower' })).name).toBe('Tower');
});
