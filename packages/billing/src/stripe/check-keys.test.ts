import { type FakeStripe, startFakeStripe } from '@ai-bridge/testing/stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newClock } from '../billing.fixture.ts';
import { readMatters } from '../payments/keys-check.ts';
import { stripeEventTypes } from './event-types.ts';
import { readStripeSettings } from './settings.ts';
import { createStripeProvider } from './stripe-provider.ts';

const siteUrl = 'https://site.example';
const webhook = `${siteUrl}/api/webhooks/stripe`;
let stripe: FakeStripe;
beforeEach(async () => {
  stripe = await startFakeStripe();
});
afterEach(() => stripe.stop());

/** What comes of trying a key. @param at where Stripe is looked for */
async function check(secretKey = stripe.secretKey, at = stripe.url) {
  const env = { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: stripe.webhookSecret, STRIPE_API_BASE: at };
  const provider = createStripeProvider({ settings: readStripeSettings(env)!, clock: newClock(), siteUrl });
  const found = await provider.checkKeys(webhook);
  expect(JSON.stringify(found)).not.toContain(secretKey.slice(-4));
  return found;
}

test('a key that works says whose account it is and in which mode, and nothing is changed by asking', async () => {
  expect(await check()).toEqual({
    ...{ works: true, livemode: false, isRestricted: false, unreadable: [] },
    account: { id: expect.stringMatching(/^acct_/), name: 'Harbour Ltd', country: 'DE', takesPayments: true },
    webhook: { state: 'missing', missingEvents: stripeEventTypes },
  });
  expect(new Set(stripe.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
  stripe.accountBecomes({ name: null, chargesEnabled: false });
  expect(await check()).toMatchObject({ account: { name: undefined, takesPayments: false } });
});

test('a live key is told from a test key', async () => {
  const live = await startFakeStripe({ secretKey: 'sk_live_0123456789abcdef' });
  expect(await check(live.secretKey, live.url)).toMatchObject({ works: true, livemode: true });
  await live.stop();
});

test('the webhook is ready where enabled endpoints of this very address are told of every event that is followed', async () => {
  stripe.addEndpoint({ url: `${siteUrl}/another`, events: ['*'] });
  stripe.addEndpoint({ url: 'https://other.example/api/webhooks/stripe', events: ['*'] });
  expect(await check()).toMatchObject({ webhook: { state: 'missing' } });
  const off = stripe.addEndpoint({ url: webhook, events: ['*'], status: 'disabled' });
  expect(await check()).toMatchObject({ webhook: { state: 'disabled', missingEvents: [] } });
  stripe.addEndpoint({ url: `${webhook}/`, events: stripeEventTypes.slice(2) });
  const missingEvents = stripeEventTypes.slice(0, 2);
  expect(await check()).toMatchObject({ webhook: { state: 'incomplete', missingEvents } });
  stripe.addEndpoint({ url: webhook, events: missingEvents });
  expect(await check()).toMatchObject({ webhook: { state: 'ready', missingEvents: [] } });
  stripe.removeEndpoint(off);
  const all = await startFakeStripe();
  all.addEndpoint({
    url: webhook.toUpperCase().replace('/API/WEBHOOKS/STRIPE', '/api/webhooks/stripe'),
    events: ['*'],
  });
  expect(await check(all.secretKey, all.url)).toMatchObject({ webhook: { state: 'ready', missingEvents: [] } });
  await all.stop();
});

test('a restricted key that may not see account or endpoints works all the same; what it cannot read is named', async () => {
  const restricted = await startFakeStripe({ secretKey: 'rk_test_0123456789abcdef' });
  restricted.forbid('account', 'webhook_endpoints', 'refunds', 'events');
  expect(await check(restricted.secretKey, restricted.url)).toEqual({
    ...{ works: true, livemode: false, isRestricted: true, account: undefined },
    unreadable: ['refunds', 'events'],
    webhook: { state: 'unseen', missingEvents: [] },
  });
  restricted.forbid('all');
  expect(await check(restricted.secretKey, restricted.url)).toMatchObject({ works: false, failure: 'nothing_allowed' });
  restricted.forbid();
  expect(await check(restricted.secretKey, restricted.url)).toMatchObject({ works: true, unreadable: [] });
  await restricted.stop();
});

test('a wrong key, a Stripe that is not there and one that fails are told apart, and nobody waits for a second try', async () => {
  const calls = () => stripe.calls.length;
  expect(await check('sk_test_anotherKey42')).toEqual({
    ...{ works: false, failure: 'key_refused', providerRequestId: expect.stringMatching(/^req_/) },
  });
  expect(calls()).toBe(1);
  stripe.mishaps('GET', '/v1/account', { status: 500 }, { status: 429 });
  expect(await check()).toMatchObject({
    failure: 'provider_failed',
    providerRequestId: expect.stringMatching(/^req_/),
  });
  expect(await check()).toMatchObject({ failure: 'provider_failed' });
  expect(calls()).toBe(3);
  // It fails with what comes behind the account, too.
  stripe.mishaps('GET', '/v1/disputes', { status: 503 });
  expect(await check()).toMatchObject({ works: false, failure: 'provider_failed' });
  const unreachable = { works: false, failure: 'not_reached', providerRequestId: undefined };
  expect(await check(stripe.secretKey, 'http://127.0.0.1:1')).toEqual(unreachable);
});

test('everything that is read of Stripe is tried', async () => {
  await check();
  const paths = ['checkout/sessions', 'payment_intents', 'refunds', 'disputes', 'events'];
  expect(paths).toHaveLength(readMatters.length);
  const asked = stripe.calls.map(({ path }) => path.replace('/v1/', ''));
  expect(asked).toEqual(expect.arrayContaining([...paths, 'account', 'webhook_endpoints']));
});
