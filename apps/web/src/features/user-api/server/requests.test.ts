import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '#server/deps.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { asks, tokenOfPerson } from './asks.fixture.ts';
import { userApiDocument } from './document.ts';
import { apiRoutes } from './routes.ts';

let db: TestDatabase;
let world: World;
let ask: ReturnType<typeof asks>;
let token = '';
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  ask = asks(world.deps);
  token = await tokenOfPerson(await world.personWith({ organizationRole: 'owner' }));
});
afterAll(() => db.drop());

test('a path that there is not is a 404, a method that it does not take a 405 that names those it does', async () => {
  for (const path of ['', '/', '/keys/a/b/c', '/none', '/keys/%E0%A4%A/disable', '/Keys'])
    expect(await ask('GET', path, { token }), path).toMatchObject({
      status: 404,
      body: { error: { code: 'route_unknown' } },
    });
  for (const [method, path, allow] of [
    ['PUT', '/keys', 'POST, GET, OPTIONS'],
    ['GET', '/keys/key_1', 'DELETE, OPTIONS'],
    ['GET', '/login', 'POST, OPTIONS'],
    ['PATCH', '/orders/ord_1/refund-request', 'POST, OPTIONS'],
  ] as const) {
    const { status, headers } = await ask(method, path, { token });
    expect([status, headers.get('allow')], path).toEqual([405, allow]);
  }
  const options = await ask('OPTIONS', '/keys');
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, GET, OPTIONS']);
  expect((await ask('HEAD', '/keys/', { token })).status).toBe(200);
});

test('a body is JSON of a bounded size, with fields that are known', async () => {
  const send = (body: unknown, headers = {}) => ask('POST', '/keys', { token, body, headers });
  expect(await send({ name: 'x' }, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  expect((await ask('POST', '/keys', { token })).status).toBe(415);
  expect(await send('{"name":')).toMatchObject({ status: 400, body: { error: { code: 'json_malformed' } } });
  expect(await send({ name: 'x'.repeat(100_001) })).toMatchObject({
    status: 413,
    body: { error: { type: 'request_too_large' } },
  });
  for (const [body, field] of [
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x', ratelimit: 5 }, 'ratelimit'],
    [{ name: 'x', rateLimit: '60' }, 'rateLimit'],
    [{ name: 'x', rateLimit: 0 }, 'rateLimit'],
    [{ name: 'x', group: 'NO' }, 'group'],
  ] as const) {
    const { status, body: told } = await send(body);
    expect({ status, error: told.error }, JSON.stringify(body)).toMatchObject({
      status: 400,
      error: { type: 'invalid_request_error', field },
    });
  }
  for (const body of [[], null, 'x', 5]) expect((await send(JSON.stringify(body))).status).toBe(400);
});

test('errors are told in the language that is asked for, with the request’s id', async () => {
  const refused = async (language: string) =>
    ask('POST', '/keys', { token, body: { name: '' }, headers: { 'accept-language': language } });
  const [zh, en] = [await refused('zh-CN,zh;q=0.9'), await refused('en-GB')];
  expect(zh.body.error.message).toMatch(/^请求不正确。 \p{Script=Han}/u);
  expect(en.body.error.message).toMatch(/^The request is not right\. Too small/);
  expect(en.headers.get('x-request-id')).toBe(en.body.error.requestId);
  expect(en.headers.get('cache-control')).toBe('no-store');
  const unknown = await ask('DELETE', '/keys/none', { token, headers: { 'accept-language': 'zh' } });
  expect(unknown.body.error.message).toMatch(/\p{Script=Han}/u);
});

test('what breaks inside is told as that, and nothing of it leaves but a request id', async () => {
  const broken: Deps = {
    ...world.deps,
    database: { ...db.database, query: () => Promise.reject(new Error('CANARY host')) },
  };
  const errors: unknown[] = [];
  const { status, body } = await asks(broken, (error) => errors.push(error))('GET', '/stats', { token });
  expect({ status, error: body.error }).toMatchObject({
    status: 500,
    error: { type: 'server_error', code: 'internal' },
  });
  expect(JSON.stringify(body)).not.toContain('CANARY');
  expect(errors).toHaveLength(1);
});

test('the document has every route once, with words in both languages, and who needs a token', () => {
  for (const locale of ['zh', 'en'] as const) {
    const { paths = {}, info } = userApiDocument(locale, { url: 'https://console.example.com', name: 'Tower' });
    expect(info.title).toContain('Tower');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods ?? {}).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      apiRoutes.map(({ method, path }) => `${method} /api/user${path}`).sort(),
    );
    for (const { operation } of operations) {
      const { operationId, summary, security } = operation;
      const route = apiRoutes.find(({ name }) => name === operationId);
      expect(summary).toMatch(locale === 'zh' ? /\p{Script=Han}/u : /^[A-Z][ -~’]+$/);
      expect(security).toEqual(route?.access === 'public' ? [] : [{ token: [] }]);
    }
  }
});

test('a request takes no field that the document does not name, and an answer may get more', () => {
  const { paths } = userApiDocument('en', { url: 'http://site.example', name: 'Site' });
  const { requestBody, responses } = paths?.['/api/user/keys']?.post ?? {};
  expect(requestBody).toMatchObject({ content: { 'application/json': { schema: { additionalProperties: false } } } });
  expect(JSON.stringify(responses)).not.toContain('additionalProperties');
});

test('the document promises what the contract names', () => {
  expect(apiRoutes.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining([
      ...['POST /register', 'POST /login', 'GET /me', 'POST /keys', 'GET /keys', 'POST /keys/{keyId}/disable'],
      ...['POST /keys/{keyId}/enable', 'DELETE /keys/{keyId}', 'POST /recharge', 'GET /stats', 'GET /logs'],
      ...['GET /transactions', 'GET /pricing', 'GET /orders', 'POST /orders/{orderId}/refund-request'],
    ]),
  );
});
