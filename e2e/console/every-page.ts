import { expect, type Page } from '@playwright/test';
import { siteUrl } from '../site/site-pages.ts';
import { anyMail, newOrders, newStaff, organizationOf } from '../support/shop.ts';
import { signIn } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

export const languages = [
  { prefix: '/en', lang: 'en' },
  { prefix: '/zh', lang: 'zh-Hans' },
] as const;

/** Whose pages they are; the desk and the administration are the administrator's, who sees both. */
export const visitors = ['customer', 'desk', 'administration'] as const;
export type Visitor = (typeof visitors)[number];

/** Signs a visitor in. @returns every page that is for this visitor, without its language */
export async function enterAs(page: Page, visitor: Visitor): Promise<readonly string[]> {
  const requestId = await oneRequest();
  await signIn(page, readWelcome()[visitor === 'customer' ? 'customer' : 'admin']);
  if (visitor === 'customer') return customerPages(page, requestId);
  return visitor === 'desk' ? deskPages(page, requestId) : administrationPages(page);
}

async function customerPages(page: Page, requestId: string): Promise<readonly string[]> {
  const [open, paid] = [await makeOrder(page, 'open'), await makeOrder(page, 'paid')];
  const statements = '/console/billing/statements';
  return [
    ...['/console', '/console/settings', '/console/team', '/console/keys', '/console/keys?create=1'],
    ...['/console/settings/own-keys', '/console/playground', '/console/plans', open.checkoutUrl, '/console/orders'],
    ...[`/console/orders/${open.orderId}`, `/console/orders/${paid.orderId}?checkout=done`, '/console/billing'],
    ...[await sandboxCard(page), statements, `${statements}/${new Date().toISOString().slice(0, 7)}`],
    ...['/console/usage?range=7d', `/console/usage/${requestId}`],
  ];
}

/** What support and finance look at. */
async function deskPages(page: Page, requestId: string): Promise<readonly string[]> {
  const { paid, asked } = await newOrders(readWelcome().customer.email);
  const mailId = await anyMail();
  await mayOpen(page, 'mailbox.read', { mailId });
  const known = await organizationOf(readWelcome().customer.email);
  await mayOpen(page, 'customer.timeline', { organizationId: known });
  const unknown = await organizationOf((await newStaff('auditor')).email);
  const customer = `/admin/customers/${known}`;
  return [
    ...['/admin/customers', `${customer}?found=order.${paid}`, `${customer}?kind=change`, `${customer}/requests`],
    ...[`/admin/customers/${unknown}`, '/admin/search', '/admin/search?q=example', '/admin/users?part=staff'],
    ...['/admin/requests', `/admin/requests/${requestId}`, '/admin/mailbox', `/admin/mailbox/${mailId}`],
    ...['/admin/orders', `/admin/orders/${paid}`, '/admin/refunds', `/admin/refunds/${asked.refundId}`],
    ...['/admin/replies', '/admin/plans', '/admin/codes', '/admin/reconciliation'],
  ];
}

async function administrationPages(page: Page): Promise<readonly string[]> {
  return [
    ...['/admin', '/admin/operations', '/admin/welcome', '/admin/channels', '/admin/channels?add=1'],
    ...['/admin/channels/codex-instructions', `/admin/channels/${await anyChannel(page)}`],
    ...['/admin/models', '/admin/models/gpt-4o', '/admin/models/import', '/admin/groups', '/admin/egress'],
    ...['/admin/audit', '/admin/announcements', '/admin/incidents', '/admin/legal', '/admin/settings'],
  ];
}

/** Opens a page and waits until it has what it shows. */
export async function visit(page: Page, prefix: string, path: string): Promise<void> {
  await page.goto(`${prefix}${path}`);
  // Not by role: an open dialog hides the page behind it from assistive technology.
  await expect(page.locator('main')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

/** Makes a request with the first start's key. @returns its id */
async function oneRequest(): Promise<string> {
  const answer = await fetch(`${workerUrl()}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readWelcome().apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await answer.arrayBuffer();
  return answer.headers.get('x-request-id') ?? '';
}

/** Makes an order of a first start's plan in the sandbox, and pays it. */
async function makeOrder(page: Page, state: 'open' | 'paid'): Promise<{ orderId: string; checkoutUrl: string }> {
  const clientKey = `page_${Date.now()}_${state}`;
  const order = await call<{ orderId: string; checkoutUrl: string }>(page, 'order.create', {
    clientKey,
    wish: { planId: 'starter' },
  });
  if (state === 'paid')
    await call(page, 'payment.endSandbox', { sessionId: order.checkoutUrl.split('/').at(-1), end: 'paid' });
  return order;
}

/** Calls a procedure as who is signed in. */
async function call<Result>(page: Page, procedure: string, json: unknown): Promise<Result> {
  const headers = { 'content-type': 'application/json', origin: siteUrl() };
  const answer = await page.request.post(`/api/trpc/${procedure}`, { headers, data: JSON.stringify({ json }) });
  expect(answer.status(), procedure).toBe(200);
  return ((await answer.json()) as { result: { data: { json: Result } } }).result.data.json;
}

/** States a reason for looking, where a procedure asks for one. */
async function mayOpen(page: Page, procedure: string, json: unknown): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ json }));
  const answer = await page.request.get(`/api/trpc/${procedure}?input=${input}`);
  if (answer.status() === 200) return;
  const { error } = (await answer.json()) as { error: { json: { data: { organizationId: string } } } };
  await call(page, 'staffLook.stateReason', { organizationId: error.json.data.organizationId, reason: 'A test' });
}

/** The sandbox's page where a card is saved. */
const sandboxCard = async (page: Page) => (await call<{ url: string }>(page, 'billing.saveCard', {})).url;

async function anyChannel(page: Page): Promise<string> {
  const answer = await page.request.get('/api/trpc/channel.list');
  const list = (await answer.json()) as { result: { data: { json: { id: string }[] } } };
  return list.result.data.json[0]?.id ?? '';
}
