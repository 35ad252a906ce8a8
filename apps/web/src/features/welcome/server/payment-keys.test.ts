import { chooseProviders } from '@ai-bridge/billing';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { type FakeStripe, startFakeStripe } from '@ai-bridge/testing/stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '#server/context.ts';
import { createDeps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let stripe: FakeStripe;
beforeEach(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  stripe = await startFakeStripe();
});
afterEach(async () => {
  await stripe.stop();
  await db.drop();
});

/** Somebody of the staff where Stripe takes the money. */
async function withStripe(staffRole: 'administrator' | 'finance', secretKey = stripe.secretKey): Promise<Context> {
  const { deps } = world;
  const env = {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
  };
  const choice = { database: db.database, clock: deps.clock, siteUrl: deps.siteUrl, isSandboxAllowed: false };
  const providers = chooseProviders({ ...choice, env });
  return { ...(await world.personWith({ staffRole })), deps: createDeps({ ...deps, providers }) };
}

test('the keys are tried against the address that the page names, and the endpoint there is found', async () => {
  const { welcome } = createCaller(await withStripe('administrator'));
  const { webhookAddress } = (await welcome.read()).payments;
  stripe.addEndpoint({ url: webhookAddress, events: ['*'] });
  expect(await welcome.testPaymentKeys()).toMatchObject({
    ...{ works: true, livemode: false, account: { name: 'Harbour Ltd' }, unreadable: [] },
    webhook: { state: 'ready', missingEvents: [] },
  });
  // An event has to arrive before the step is done.
  expect((await welcome.read()).steps.find(({ step }) => step === 'payments')).toMatchObject({ state: 'open' });
});

test('a wrong key is told as such, and nothing that is told has it in it', async () => {
  const { welcome } = createCaller(await withStripe('administrator', 'sk_test_wrongCANARY'));
  const found = await welcome.testPaymentKeys();
  expect(found).toMatchObject({ works: false, failure: 'key_refused' });
  expect(JSON.stringify(found)).not.toMatch(/NARY/);
});

test('Stripe is asked a few times a minute, whoever asks, and never by who may not change the site', async () => {
  const context = await withStripe('administrator');
  const other = { ...context, session: (await world.personWith({ staffRole: 'administrator' })).session };
  for (let asked = 0; asked < 5; asked++) await createCaller(asked % 2 ? other : context).welcome.testPaymentKeys();
  const calls = stripe.calls.length;
  const refused = createCaller(other).welcome.testPaymentKeys();
  await expect(refused).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', message: 'too_many_attempts' });
  const finance = createCaller(await withStripe('finance')).welcome.testPaymentKeys();
  await expect(finance).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(stripe.calls).toHaveLength(calls);
});

test('where no keys are set there is nothing to try', async () => {
  const { welcome } = createCaller(await world.personWith({ staffRole: 'administrator' }));
  expect((await welcome.read()).payments.provider).toBe('sandbox');
  expect(await welcome.testPaymentKeys()).toBeNull();
});
