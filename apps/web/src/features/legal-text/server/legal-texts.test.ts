import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { fillIn } from '../legal-text.ts';
import { currentLegalText } from './legal-texts.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const desk = async () => createCaller(await world.personWith({ staffRole: 'administrator' })).legalText;
const text = (en: string) => ({ zh: '条款', en });

test('the template holds until a version is published; each version is kept', async () => {
  const legalText = await desk();
  expect(await currentLegalText(db.prisma, 'terms')).toMatchObject({ version: 0, changedAt: null });
  await legalText.publish({ document: 'terms', text: text('One'), after: 0 });
  await legalText.publish({ document: 'terms', text: text('Two'), after: 1 });
  expect(await currentLegalText(db.prisma, 'terms')).toMatchObject({ version: 2, text: { en: 'Two' } });
  expect(await currentLegalText(db.prisma, 'privacy')).toMatchObject({ version: 0 });
  expect(await legalText.version({ document: 'terms', version: 1 })).toMatchObject({ text: { en: 'One' } });
  expect((await legalText.read({ document: 'terms' })).versions.map(({ version }) => version)).toEqual([2, 1]);
});

test('of two who write on the same version one is told', async () => {
  const legalText = await desk();
  const write = (en: string) => legalText.publish({ document: 'privacy', text: text(en), after: 0 });
  const outcomes = await Promise.allSettled([write('One'), write('Other')]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(write('Later')).rejects.toMatchObject({ message: 'changed_meanwhile', code: 'CONFLICT' });
  const empty = legalText.publish({ document: 'privacy', text: text(' '), after: 1 });
  await expect(empty).rejects.toMatchObject({ message: 'text_missing' });
});

test('a site’s name is put in its place as text, whatever it looks like', () => {
  const site = { siteName: '**[x](https://evil.test)**', supportContact: 'help@example.com' };
  expect(fillIn('{siteName}: {supportContact} {other}', site)).toBe(
    '\\*\\*\\[x\\](https://evil.test)\\*\\*: help@example.com {other}',
  );
});
