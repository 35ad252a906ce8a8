import fs from 'node:fs';
import path from 'node:path';
import { type FakeStripe, startFakeStripe } from '@ai-bridge/testing/stripe';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { sidewaysScroll } from '../site/site-pages.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { type Product, startProduct, startTimeoutMs } from '../support/start-product.ts';
import { keepPicture, viewsIn } from '../support/views.ts';
import { wordsIn } from '../support/words.ts';
import { newPerson, type Person, signIn, signUp } from './pages.ts';

/** A product of its own, that takes cards: its Stripe is one that tests tell what customers and banks do. */
let product: Product;
let stripe: FakeStripe;
let webhook = '';

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  stripe = await startFakeStripe();
  product = await startProduct({
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
  });
  webhook = `${product.webUrl}/api/webhooks/stripe`;
});
test.afterAll(async () => {
  await product.stop();
  await stripe.stop();
});

/** Buys the starter plan as far as Stripe's page. @returns the id of Stripe's checkout */
async function toStripe(page: Page): Promise<string> {
  await page.goto('/en/console/plans');
  await page.getByRole('button', { name: 'Buy Starter for $9.90' }).click();
  await page.waitForURL(`${stripe.url}/pay/**`);
  return page.url().split('/').at(-1) ?? '';
}

/** The step of the first set-up that is about payments, as an administrator has it before them. */
async function paymentsStep(browser: Browser, locale: 'zh' | 'en') {
  const page = await browser.newPage({ baseURL: product.webUrl, locale: locale === 'zh' ? 'zh-CN' : 'en-US' });
  const welcome = path.join(product.environment['DATA_DIR'] ?? '', 'welcome.json');
  await signIn(page, (JSON.parse(fs.readFileSync(welcome, 'utf8')) as { admin: Person }).admin);
  await page.goto(`${locale === 'zh' ? '' : '/en'}/admin/welcome`);
  const say = wordsIn(locale);
  const step = page.getByRole('listitem', { name: say('welcome.step.payments'), exact: true });
  const words = (key: string) => say(`welcome.payments.keys.${key}`);
  return {
    ...{ page, step, words },
    /** By the keyboard: what the pointer is over looks otherwise. */
    testKeys: () => step.getByRole('button', { name: words('run') }).press('Enter'),
    /** It holds in every width and look. */
    async look(name: string) {
      for (const { name: view, size, colorScheme } of viewsIn(locale)) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        expect(await sidewaysScroll(page), `${name}, ${view}`).toBeLessThanOrEqual(0);
        expect(await accessibilityFaults(page), `${name}, ${view}`).toEqual([]);
        await keepPicture(page, `payment-keys-${locale}-${view}-${name}`);
      }
    },
  };
}

const text = (sessionId: string, name: string) => String(stripe.get(sessionId)[name]);
const outcome = (page: Page) => page.getByTestId('outcome');

// First: once an event has come the step is folded, and five tests a minute are all there are.
test('an administrator tests the keys, and reads what Stripe says of key, account, permissions and webhook', async ({
  browser,
}) => {
  const english = await paymentsStep(browser, 'en');
  await english.testKeys();
  await expect(english.step).toContainText('The key works');
  await expect(english.step).toContainText('Test mode: no real money moves. Account: Harbour Ltd, acct_');
  await expect(english.step).toContainText('The webhook is unknown to Stripe');
  await expect(english.step.getByText('charge.dispute.closed')).toBeVisible();
  await english.look('missing');
  stripe.addEndpoint({ url: webhook, events: ['*'] });
  await english.testKeys();
  await expect(english.step).toContainText('The webhook is set up');
  await expect(english.step.getByText('charge.dispute.closed')).toBeHidden();

  const chinese = await paymentsStep(browser, 'zh');
  stripe.forbid('account', 'refunds', 'events', 'webhook_endpoints');
  await chinese.testKeys();
  await expect(chinese.step).toContainText(chinese.words('unreadable.hint'));
  for (const matter of ['refunds', 'events'])
    await expect(chinese.step.getByText(chinese.words(`matter.${matter}`), { exact: true })).toBeVisible();
  await expect(chinese.step).toContainText(chinese.words('accountUnseen'));
  await expect(chinese.step).toContainText(chinese.words('webhook.unseen.title'));
  await chinese.look('restricted');
  stripe.forbid();
  stripe.mishaps('GET', '/v1/account', { status: 500 });
  await chinese.testKeys();
  await expect(chinese.step).toContainText(chinese.words('failure.provider_failed.title'));
  await expect(chinese.step.getByText(/^req_\w+$/)).toBeVisible();
  await chinese.look('failed');

  await english.testKeys();
  await expect(english.step).toContainText('The key works');
  await english.testKeys();
  await expect(english.step.getByRole('alert')).toContainText('Too many attempts');
  expect(await english.page.content()).not.toContain(stripe.secretKey.slice(-8));
  await english.page.close();
  await chinese.page.close();
});

test('who comes back from Stripe sees the tokens within 5 seconds, before any webhook, and Stripe’s receipt', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: product.webUrl });
  await signUp(page, newPerson());
  await page.goto('/en/console/plans');
  await expect(page.getByText('The payment provider runs with test keys.')).toBeVisible();
  const sessionId = await toStripe(page);
  expect(stripe.get(sessionId)).toMatchObject({ amount_total: 990, currency: 'usd', mode: 'payment' });
  await page.goto(text(sessionId, 'success_url'));
  await expect(outcome(page)).toContainText('Waiting for the payment to be confirmed');
  stripe.pay(sessionId);
  await expect(outcome(page)).toContainText('Paid: 10,000,000 tokens are in your balance', { timeout: 5_000 });
  await expect(outcome(page)).toContainText('Available now: 10,000,000 tokens');
  const receipt = await page.getByRole('link', { name: 'Receipt' }).getAttribute('href');
  const answer = await page.request.get(receipt ?? '', { maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  expect(answer.headers()['location']).toBe(`https://pay.stripe.example/receipts/${text(sessionId, 'payment_intent')}`);
  const stranger = await browser.newPage({ baseURL: product.webUrl });
  expect((await stranger.request.get(receipt ?? '', { maxRedirects: 0 })).status()).toBe(401);
  await page.close();
  await stranger.close();
});

test('a webhook is answered where it was sent, without a session or a redirect, and its order follows', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: product.webUrl });
  await signUp(page, newPerson());
  const sessionId = await toStripe(page);
  await page.goto(text(sessionId, 'cancel_url'));
  await expect(outcome(page)).toContainText('Not paid yet');
  stripe.pay(sessionId);
  const event = stripe.events.at(-1)!;
  const send = async (signature: string, headers: Record<string, string> = {}, address = webhook) => {
    const body = new Uint8Array(stripe.sign(event).rawBody);
    const sent = { ...headers, 'stripe-signature': signature };
    return (await fetch(address, { method: 'POST', body, redirect: 'manual', headers: sent })).status;
  };
  expect(await send('t=1,v1=00')).toBe(400);
  expect(await send(stripe.sign(event, { secret: 'whsec_not_the_secret_0' }).signature)).toBe(400);
  const foreign = { origin: 'https://stripe.test', 'accept-language': 'zh', cookie: 'bridge-locale=en' };
  expect(await send(stripe.sign(event).signature, foreign)).toBe(200);
  expect(await send(stripe.sign(event).signature, foreign, `${webhook}/`)).toBe(200);
  expect(await stripe.deliver(event, webhook)).toBe(200);
  await expect(page.getByText('$9.90 paid, tokens credited')).toBeVisible();
  await page.goto('/en/console');
  await expect(page.getByText('10,000,000').first()).toBeVisible();
  await page.close();
});

test('money that bounces is no tokens; a refund made at Stripe is seen, and a dispute', async ({ browser }) => {
  test.slow();
  const page = await browser.newPage({ baseURL: product.webUrl });
  await signUp(page, newPerson());
  const bounced = await toStripe(page);
  await page.goto(text(bounced, 'success_url'));
  stripe.payLater(bounced);
  await expect(outcome(page)).toContainText('Waiting for the payment to be confirmed');
  stripe.bounce(bounced);
  await expect(outcome(page)).toContainText('The payment failed');

  const sessionId = await toStripe(page);
  stripe.pay(sessionId);
  await page.goto(text(sessionId, 'success_url'));
  await expect(outcome(page)).toContainText('Paid');
  stripe.refundInDashboard(sessionId, 300);
  expect(await stripe.deliver(stripe.events.at(-1)!, webhook)).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Partly refunded')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByText('$3.00 refunded', { exact: true })).toBeVisible();
  await expect(page.getByTestId('refundable')).toHaveText('$6.90');
  stripe.dispute(sessionId);
  expect(await stripe.deliver(stripe.events.at(-1)!, webhook)).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(outcome(page)).toContainText('Your bank disputes this payment', { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole('button', { name: 'Ask for a refund' })).toBeHidden();
  await page.close();
});
