import { endSandboxCheckout, findOrder, followOrder } from '@ai-bridge/billing';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { docsExamples, runExample } from '../support/docs-examples.ts';
import { inShop } from '../support/shop.ts';
import { newPerson, signIn } from './pages.ts';
import { workerUrl } from './welcome.ts';

const inWorkersMs = 10_000;

/** Calls the user API as a script does. */
function apiOf(request: APIRequestContext) {
  let token = '';
  return {
    useToken: (given: string) => {
      token = given;
    },
    async call(method: string, path: string, data?: object, headers: Record<string, string> = {}) {
      const authorization: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
      const answer = await request.fetch(`/api/user${path}`, {
        method,
        headers: { 'accept-language': 'en', ...authorization, ...headers },
        ...(data && { data }),
      });
      return { status: answer.status(), headers: answer.headers(), body: await answer.json() };
    },
  };
}

/** One answer of the model, or why there is none. */
async function askModel(request: APIRequestContext, key: string): Promise<number> {
  const answer = await request.post(`${workerUrl()}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${key}` },
    data: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] },
  });
  return answer.status();
}

test('a script registers, makes a key, buys, spends, reads all of it, asks for money back, and switches the key off', async ({
  page,
  playwright,
  baseURL,
}) => {
  test.slow();
  // A context of its own: what signs the browser in below is no part of it.
  const request = await playwright.request.newContext({ baseURL: baseURL ?? '' });
  const { call, useToken } = apiOf(request);
  const { name: username, email, password } = newPerson();
  expect(await call('POST', '/register', { username, email, password })).toMatchObject({ status: 201 });
  expect((await call('GET', '/me')).status).toBe(401);
  useToken((await call('POST', '/login', { email, password })).body.token);
  expect((await call('GET', '/me')).body).toMatchObject({ username, email, organization: { role: 'owner' } });

  const made = await call('POST', '/keys', { name: 'script', rateLimit: 60 });
  expect(made.status).toBe(201);
  const { key, secret } = made.body;
  await expect.poll(() => askModel(request, secret), { timeout: inWorkersMs }).toBe(402);

  const idempotency = { 'idempotency-key': `recharge-${key.id}` };
  const recharge = () => call('POST', '/recharge', { amount: '10.00', description: 'By a script' }, idempotency);
  const [first, second] = [await recharge(), await recharge()];
  expect(second.body).toEqual(first.body);
  const { order, checkoutUrl } = first.body;
  expect(order).toMatchObject({ state: 'pending', price: { amount: '10.00', currency: 'usd' } });
  await signIn(page, { email, password });
  await page.goto(checkoutUrl);
  await page.getByRole('button', { name: /^(Pay|支付)/ }).click();
  await expect.poll(async () => (await call('GET', `/orders/${order.id}`)).body.order.state).toBe('paid');
  await expect(page.getByText(/By a script$/)).toBeVisible();

  await expect.poll(() => askModel(request, secret), { timeout: inWorkersMs }).toBe(200);
  await expect
    .poll(async () => (await call('GET', '/logs?status=completed')).body.logs, { timeout: inWorkersMs })
    .toMatchObject([{ keyId: key.id, model: { requested: 'gpt-4o' }, outcome: 'completed' }]);
  const { logs } = (await call('GET', '/logs?limit=10&offset=0')).body;
  const charged = BigInt(logs[0].chargeNanoUsd);
  expect(charged).toBeGreaterThan(0n);
  await expect
    .poll(async () => (await call('GET', '/stats')).body, { timeout: inWorkersMs })
    .toMatchObject({ today: { requests: logs.length, chargeNanoUsd: String(charged) } });
  expect((await call('GET', '/stats')).body.balance.postedNanoUsd).toBe(String(10_000_000_000n - charged));
  expect((await call('GET', '/transactions')).body.transactions).toMatchObject([
    { kind: 'order', orderId: order.id, amountNanoUsd: '10000000000', money: { amount: '10.00', currency: 'usd' } },
  ]);

  const refund = await call('POST', `/orders/${order.id}/refund-request`, { reason: 'Too much', amount: 5 });
  expect(refund).toMatchObject({ status: 201, body: { refund: { state: 'requested', amount: { amount: '5.00' } } } });
  expect((await call('POST', `/keys/${key.id}/disable`)).body).toEqual({ id: key.id, disabled: true });
  await expect.poll(() => askModel(request, secret), { timeout: inWorkersMs }).toBe(401);
  expect((await call('POST', `/keys/${key.id}/enable`)).body).toEqual({ id: key.id, disabled: false });
  await expect.poll(() => askModel(request, secret), { timeout: inWorkersMs }).toBe(200);
  expect((await call('DELETE', `/keys/${key.id}`)).body).toEqual({ id: key.id, deleted: true });
  await expect.poll(() => askModel(request, secret), { timeout: inWorkersMs }).toBe(401);

  // The token stands among the person's sign-ins, and ends with them.
  await page.goto('/en/console');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/en\/sign-in/);
  const ended = await call('GET', '/me');
  expect(ended).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  await request.dispose();
});

test('a browser’s own cookie opens nothing of the API, and every method has an answer', async ({ page, request }) => {
  const person = newPerson();
  const { call } = apiOf(page.request);
  await call('POST', '/register', { username: person.name, email: person.email, password: person.password });
  await signIn(page, person);
  expect((await page.request.get('/api/trpc/account.me')).status()).toBe(200);
  expect((await call('GET', '/me')).status).toBe(401);
  const put = await call('PUT', '/keys');
  expect([put.status, put.headers['allow']]).toEqual([405, 'POST, GET, OPTIONS']);
  expect((await call('GET', '/')).status).toBe(404);
  const options = await request.fetch('/api/user/keys', { method: 'OPTIONS' });
  expect([options.status(), options.headers()['allow']]).toEqual([204, 'POST, GET, OPTIONS']);
  const document = await (await request.get('/api/openapi.json', { headers: { 'accept-language': 'zh' } })).json();
  expect(document.openapi).toBe('3.1.1');
  expect(document.paths['/api/user/keys'].post.summary).toBe('创建 API 密钥，密钥内容只在此时给出');
});

const examples = docsExamples('CONSOLE_URL');
const pagesOfDocs = [...new Set(examples.map(({ place }) => place.split(':')[0] ?? ''))];

test('the docs show every call of the API, in both languages', async ({ request }) => {
  const { paths } = await (await request.get('/api/openapi.json')).json();
  const calls = Object.values(paths).flatMap((methods) => Object.keys(methods as object));
  expect(pagesOfDocs).toHaveLength(2);
  expect(calls.length).toBeGreaterThan(15);
  expect(examples).toHaveLength(calls.length * pagesOfDocs.length);
});

for (const file of pagesOfDocs) {
  test(`${file}: each example works as it is printed, one after another`, async ({ baseURL }) => {
    test.slow();
    const { email, password } = newPerson();
    const values: Record<string, string> = {
      ...{ CONSOLE_URL: baseURL ?? '', 'you@example.com': email, YOUR_PASSWORD: password },
    };
    // What a reader takes from one answer into the next call.
    const ofPage = examples.filter(({ place }) => place.startsWith(`${file}:`));
    for (const example of ofPage) {
      expect(example.isRun, example.place).toBe(true);
      const { exitCode, output } = await runExample(example, values);
      expect(exitCode, `${example.place}: ${output}`).toBe(0);
      const { token, key, order, checkoutUrl } = JSON.parse(output);
      if (token) values['YOUR_TOKEN'] = token;
      if (key) values['KEY_ID'] = key.id;
      if (order) values['ORDER_ID'] = order.id;
      if (checkoutUrl) await payInSandbox(order.id);
    }
  });
}

/** What its customer does in the browser meanwhile. */
function payInSandbox(orderId: string): Promise<unknown> {
  return inShop(async ({ database, billing }) => {
    await endSandboxCheckout(database, (await findOrder(database, orderId))?.sessionId ?? '', 'paid');
    return followOrder(billing, orderId);
  });
}
