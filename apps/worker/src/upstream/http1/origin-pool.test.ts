import http from 'node:http';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { makeCertificate } from '@ai-bridge/testing/network';
import { buildConnector, errors } from 'undici';
import { afterEach, expect, test, vi } from 'vitest';
import { OriginPool } from './origin-pool.ts';
import { ask, get, poolTo, Seen } from './raw-upstream.fixture.ts';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closings.splice(0).reverse()) await close();
});

async function serve(listener: http.RequestListener): Promise<string> {
  const server = http.createServer({ keepAliveTimeout: 60_000 }, listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closings.push(() => new Promise((done) => server.close(done).closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function poolOf(url: string): OriginPool {
  const pool = poolTo(url);
  closings.push(() => pool.destroy());
  return pool;
}

test('undici’s request works on it: body, headers of both shapes, an answer that streams', async () => {
  const url = await serve(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.end(`${request.method} ${request.url} ${request.headers['x-a']} ${Buffer.concat(parts)}`);
  });
  const pool = poolOf(url);
  for (const headers of [{ 'X-A': 'b' }, ['x-a', 'b']]) {
    const answer = await pool.request({ method: 'POST', path: '/x?y', headers, body: 'text' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(await answer.body.text()).toBe('POST /x?y b text');
  }
  expect(pool.size).toBe(1);
});

test('undici’s request keeps its times, and ends by its signal', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/silent') return;
    response.write('first');
  });
  const pool = poolOf(url);
  const silent = { method: 'GET', path: '/silent' } as const;
  await expect(pool.request({ ...silent, headersTimeout: 50 })).rejects.toBeInstanceOf(errors.HeadersTimeoutError);
  await expect(pool.request({ ...silent, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  await expect(pool.request({ ...silent, signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
  const { body } = await pool.request({ method: 'GET', path: '/', bodyTimeout: 50 });
  await expect(body.text()).rejects.toBeInstanceOf(errors.BodyTimeoutError);
  await expect.poll(() => pool.size).toBe(0);
});

test('an answer to undici’s request that nobody reads is held back, and let go of with it', async () => {
  let hasDrained = false;
  const url = await serve((_, response) => {
    response.write(Buffer.alloc(32 * 1024 * 1024), () => {
      hasDrained = true;
    });
  });
  const pool = poolOf(url);
  const { body } = await pool.request({ method: 'GET', path: '/' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(hasDrained).toBe(false);
  body.on('error', () => {});
  body.destroy();
  await expect.poll(() => pool.size).toBe(0);
});

test('a request that must not go out costs no connection: none is made for it, and none is lost', async () => {
  const pool = poolOf(await serve((_, response) => response.end('ok')));
  const bad = { ...get, headers: ['a', 'b\r\nc: d'] };
  expect(() => pool.send(bad, new Seen())).toThrow('characters that headers cannot have');
  expect(pool.size).toBe(0);
  await ask(pool);
  expect(() => pool.send(bad, new Seen())).toThrow('characters that headers cannot have');
  await expect(pool.request({ method: 'GET', path: '/ x' })).rejects.toMatchObject({ code: 'REQUEST_FAULT' });
  await ask(pool);
  expect(pool.size).toBe(1);
});

test('no connection, and none in time, are told as what they are', async () => {
  expect((await ask(poolOf('http://127.0.0.1:1'))).error).toMatchObject({ code: 'ECONNREFUSED' });
  const lookup = (() => {}) as never;
  const pool = new OriginPool('http://slow.example', buildConnector({ timeout: 50, lookup }));
  expect((await ask(pool)).error).toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
});

test('a connection that cannot even be begun is told as well, and is waited for by nobody', async () => {
  const pool = new OriginPool('http://never.example', () => {
    throw new Error('not an address');
  });
  expect((await ask(pool)).error).toMatchObject({ message: 'not an address' });
  await pool.close();
});

test('idle connections are closed in their time, and before the server would', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/brief') response.setHeader('keep-alive', 'timeout=3');
    response.end('ok');
  });
  const pool = poolOf(url);
  const whole = ask(pool);
  const brief = ask(pool, { path: '/brief' });
  await Promise.all([whole, brief]);
  expect(pool.size).toBe(2);
  await expect.poll(() => pool.size, { timeout: 10_000 }).toBe(1);
  await ask(pool);
  expect(pool.size).toBe(1);
}, 15_000);

test('closing waits for what is under way and takes nothing new; destroying breaks it off', async () => {
  let end: (() => void) | undefined;
  const url = await serve((request, response) => {
    response.write('first');
    if (request.url === '/slow') end = () => response.end('last');
  });
  const pool = poolOf(url);
  const slow = ask(pool, { path: '/slow' });
  await expect.poll(() => end).toBeDefined();
  let isClosed = false;
  const closed = pool.close().then(() => {
    isClosed = true;
  });
  expect(() => pool.send(get, new Seen())).toThrow(errors.ClientClosedError);
  expect(isClosed).toBe(false);
  end?.();
  expect(await slow).toMatchObject({ body: 'firstlast', error: undefined });
  await closed;

  const other = poolOf(url);
  const open = new Seen();
  other.send(get, open);
  await expect.poll(() => open.body).toBe('first');
  await other.destroy();
  await open.ended;
  expect(open.error).toBeInstanceOf(errors.ClientDestroyedError);
  await expect(other.request({ method: 'GET', path: '/' })).rejects.toBeInstanceOf(errors.ClientDestroyedError);
});

test('TLS: the certificate must hold for the origin’s name, sessions are taken up again, bytes arrive as they are', async () => {
  const certificate = makeCertificate(['localhost']);
  const reused: boolean[] = [];
  const body = Buffer.alloc(300 * 1024, 'TLS bytes ');
  const server = tls.createServer({ ...certificate }, (socket) => {
    reused.push(socket.isSessionReused());
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`);
      socket.write(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closings.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const connect = buildConnector({ timeout: 1_000, ca: certificate.cert });
  const pool = new OriginPool(`https://localhost:${port}`, connect);
  closings.push(() => pool.destroy());
  for (let round = 0; round < 2; round++) {
    const seen = await ask(pool);
    expect(seen.error).toBeUndefined();
    expect(seen.body === body.toString('latin1')).toBe(true);
  }
  expect(reused).toEqual([false, true]);
  const elsewhere = new OriginPool(`https://127.0.0.1:${port}`, connect);
  expect((await ask(elsewhere)).error).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  const distrusting = new OriginPool(`https://localhost:${port}`, buildConnector({ timeout: 1_000 }));
  expect((await ask(distrusting)).error?.code).toMatch(/SELF_SIGNED|UNABLE_TO/);
});
