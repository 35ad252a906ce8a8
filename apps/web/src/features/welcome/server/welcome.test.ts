import { ensureDemoChannel, seedCatalog } from '@ai-bridge/catalog';
import { deliverMail } from '@ai-bridge/mail';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '#server/context.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let person: Context;
beforeEach(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  await db.database.query('DELETE FROM channel');
  person = await world.personWith({ staffRole: 'administrator', organizationRole: 'owner' });
});
afterEach(() => db.drop());

const welcome = () => createCaller(person).welcome;
async function states(): Promise<Record<string, string>> {
  const { steps } = await welcome().read();
  return Object.fromEntries(steps.map(({ step, state }) => [step, state]));
}

test('each step ticks by what there is, whoever did it and where', async () => {
  await ensureDemoChannel(db.prisma, { baseUrl: 'http://127.0.0.1:9' });
  await db.database.query(`DELETE FROM usage_record WHERE provider IS DISTINCT FROM 'demo'`);
  expect(await states()).toMatchObject({
    ...{ administrator: 'done', site: 'open', mail: 'open', channel: 'open', model: 'open', request: 'open' },
  });
  await createCaller(person).siteSetting.change({ siteName: 'My relay' });
  expect(await states()).toMatchObject({ site: 'done' });

  await welcome().sendTestMail();
  expect(await states()).toMatchObject({ mail: 'open' });
  await deliverMail(world.deps.mail);
  expect((await welcome().read()).mail).toMatchObject({ hasSmtp: false, lastTest: { state: 'kept' } });
  expect(await states()).toMatchObject({ mail: 'done' });

  await world.newChannel();
  expect(await states()).toMatchObject({ channel: 'done' });
  await seedCatalog(db.prisma);
  expect(await states()).toMatchObject({ model: 'done', request: 'open' });

  const { organizationId, apiKeyId } = world.own;
  const requestId = await world.recordedRequest(organizationId, apiKeyId);
  expect(await states()).toMatchObject({ request: 'done' });
  expect((await welcome().read()).request.own).toMatchObject({ id: organizationId, last: { id: requestId } });
});

test('steps are skipped and taken up again, and all of it is dismissed; what is done stays done', async () => {
  const skip = (step: 'payments' | 'administrator' | 'all', isSkipped: boolean) =>
    welcome().setSkipped({ step, isSkipped });
  await skip('administrator', true);
  expect(await states()).toMatchObject({ administrator: 'done' });
  expect(await welcome().read()).toMatchObject({ isOver: false, isDismissed: false });
  await skip('all', true);
  expect(await welcome().read()).toMatchObject({ isOver: true, isDismissed: true });
});

test('test mails go to who asks alone, and not more than a few a minute', async () => {
  for (let sent = 0; sent < 5; sent++) await welcome().sendTestMail();
  await expect(welcome().sendTestMail()).rejects.toMatchObject({ message: 'too_many_attempts' });
  const mails = await db.prisma.mail.findMany({ where: { template: 'account-test' } });
  expect(new Set(mails.map(({ toAddress }) => toAddress))).toEqual(new Set([person.session?.user.email]));
});
