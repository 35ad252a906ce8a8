import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languagesOnOffer } from '#server/languages-on-offer.ts';
import { createCaller } from '#server/root.ts';
import { onePixelPng } from '#server/root-targets.fixture.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { logoAnswer } from './logo-answer.ts';
import { logoAddress, readLogo } from './logo-store.ts';

let db: TestDatabase;
let world: World;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const administrator = async () => createCaller(await world.personWith({ staffRole: 'administrator' }));
const anyone = () => createCaller(world.contextOf(undefined));
const person = (email: string) => ({ email, name: 'New', password: 'x'.repeat(12), locale: 'en' as const });

test('a closed site takes no sign-ups, and an open one gives each its bonus once', async () => {
  const caller = await administrator();
  await caller.siteSetting.change({ signUp: 'closed' });
  await expect(anyone().account.register(person('closed@example.com'))).rejects.toMatchObject({
    message: 'sign_up_closed',
  });
  expect(await db.prisma.user.count({ where: { email: 'closed@example.com' } })).toBe(0);
  await caller.siteSetting.change({ signUp: 'open', signUpBonusTokens: 5_000 });
  await anyone().account.register(person('open@example.com'));
  const member = await db.prisma.member.findFirst({ where: { user: { email: 'open@example.com' } } });
  const balance = await db.prisma.balance.findUnique({ where: { organizationId: member?.organizationId ?? '' } });
  expect(balance?.postedNanoUsd).toBe(5_000_000n);
  await caller.siteSetting.change({ signUpBonusTokens: null });
});

test('a change names its person in the history, and a wrong one its field', async () => {
  const caller = await administrator();
  await caller.siteSetting.change({ siteName: 'Tower' });
  const [last] = await caller.siteSetting.history();
  expect(last).toMatchObject({ name: 'siteName', to: 'Tower', by: { name: 'Person' } });
  const wrong = caller.siteSetting.change({ accentOnLight: '#ffffff' });
  await expect(wrong).rejects.toMatchObject({ message: 'setting_invalid', cause: { path: 'accentOnLight' } });
});

test('the proxy knows the languages on offer as soon as they are changed', async () => {
  const caller = await administrator();
  await caller.siteSetting.change({ languages: ['en'] });
  expect(languagesOnOffer()).toEqual({ languages: ['en'], byDefault: 'en' });
  await caller.siteSetting.change({ languages: null });
  expect(languagesOnOffer()).toEqual({ languages: ['zh', 'en'], byDefault: 'zh' });
});

test('what is configured is told without any secret', async () => {
  await world.newChannel();
  const { configured } = await (await administrator()).siteSetting.list();
  expect(configured.channels).toEqual([{ provider: 'anthropic', origin: 'console', count: 1 }]);
  expect(configured.payments).toMatchObject({ name: 'sandbox' });
  expect(JSON.stringify(configured)).not.toMatch(/secret|sealed/i);
});

test('a logo is served as the picture it is, with nothing that could run in it; anything else is refused', async () => {
  const caller = await administrator();
  await caller.siteSetting.setLogo({ base64: onePixelPng });
  const address = await logoAddress(db.prisma);
  const version = address?.split('=')[1] ?? '';
  const answer = logoAnswer(await readLogo(db.prisma), version);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...{ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
    ...{
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': expect.stringContaining('immutable'),
    },
  });
  expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(onePixelPng);
  expect(logoAnswer(await readLogo(db.prisma), 'another').headers.get('cache-control')).not.toContain('immutable');
  const others = [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    Buffer.from('GIF89a and a lot more bytes than that'),
    Buffer.concat([Buffer.from(onePixelPng, 'base64').subarray(0, 16), Buffer.alloc(64, 255)]),
  ];
  for (const bytes of others)
    await expect(caller.siteSetting.setLogo({ base64: bytes.toString('base64') })).rejects.toMatchObject({
      message: 'image_invalid',
    });
  await caller.siteSetting.removeLogo();
  expect(await logoAddress(db.prisma)).toBeNull();
  expect(logoAnswer(await readLogo(db.prisma), null).status).toBe(404);
});
