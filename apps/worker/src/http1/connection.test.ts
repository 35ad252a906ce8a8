import { once } from 'node:events';
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import {
  headTimeoutMs,
  keepAliveGraceMs,
  keepAliveTimeoutMs,
  leaveTimeoutMs,
  lingerMs,
  requestTimeoutMs,
} from './bounds.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';
import { closeServers, connect, exchange, get, post, sendPieces, serve } from './raw-client.fixture.ts';

afterEach(closeServers);

const hello = (_: HttpRequest, response: HttpResponse) => response.answer(200, '', Buffer.from('hello'));
const echoPath = (request: HttpRequest, response: HttpResponse) => response.answer(200, '', Buffer.from(request.url));

test('requests that were sent ahead are answered in their order, one after the other', async () => {
  let open = 0;
  let mostOpen = 0;
  const { port } = await serve((request, response) => {
    mostOpen = Math.max(mostOpen, ++open);
    response.whenClosed(() => open--);
    // The first one takes longest.
    setTimeout(() => echoPath(request, response), request.url === '/1' ? 20 : 1);
  });
  const text = await exchange(port, get('/1') + get('/2') + get('/3'), (seen) => seen.includes('/3'));
  expect([...text.matchAll(/\r\n\r\n(\/\d)/g)].map((match) => match[1])).toEqual(['/1', '/2', '/3']);
  expect(mostOpen).toBe(1);
});

test('cut anywhere, the same requests are read', async () => {
  const text = `${get('/a')}${post('body')}\r\n${get('/b', 'connection: close\r\n')}`;
  for (let cut = 1; cut < text.length; cut += 7) {
    const seen: string[] = [];
    const { port } = await serve(async (request, response) => {
      const body = await request.readBody(100);
      seen.push(`${request.method} ${request.url} ${body.toString()}`);
      hello(request, response);
    });
    const socket = await sendPieces(port, text.slice(0, cut), text.slice(cut));
    await once(socket.resume(), 'end');
    expect(seen).toEqual(['GET /a ', 'POST / body', 'GET /b ']);
    socket.destroy();
  }
});

test('thousands of requests sent ahead and answered at once need no stack, and no more memory than their bound', async () => {
  let answered = 0;
  const { port } = await serve((request, response) => {
    answered++;
    hello(request, response);
  });
  const requests = 20_000;
  const text = await exchange(port, get('/').repeat(requests - 1) + get('/', 'connection: close\r\n'));
  expect(answered).toBe(requests);
  expect(text.split('hello').length - 1).toBe(requests);
});

test('whoever sends ahead without end while a request is under way is kept from it', async () => {
  let answer: () => void = () => {};
  const { port } = await serve((request, response) => {
    answer = () => hello(request, response);
  });
  const socket = connect(port);
  socket.write(get('/'));
  socket.write(get('/', `x: ${'y'.repeat(1_000)}\r\n`).repeat(20_000));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(socket.writableLength).toBeGreaterThan(5_000_000);
  answer();
  socket.destroy();
});

test('a client that waits to be told to go on is told when its body is wanted, and not before', async () => {
  let want: () => void = () => {};
  let body = '';
  const { port } = await serve((request, response) => {
    want = async () => {
      body = (await request.readBody(100)).toString();
      hello(request, response);
    };
  });
  const socket = connect(port);
  let text = '';
  socket.on('data', (piece) => (text += piece));
  socket.write('POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(text).toBe('');
  want();
  await expect.poll(() => text).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('abc');
  await expect.poll(() => text).toContain('hello');
  expect(body).toBe('abc');
  socket.destroy();
});

test('an answer that comes before its request is whole reaches a client that only sends', async () => {
  const { port } = await serve(hello);
  const body = Buffer.alloc(5_000_000, 'x');
  const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`;
  const text = await exchange(port, Buffer.concat([Buffer.from(head), body]));
  expect(text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*connection: close\r\n\r\nhello$/);
});

test.each([
  ['TLS', 400, '\x16\x03\x01\x02\0\x01'],
  ['a line feed', 400, '\n\n'],
  ['a carriage return alone', 400, '\rGET / HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['the preface of HTTP/2', 505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a bad header', 400, 'GET / HTTP/1.1\r\nhost : x\r\n\r\n'],
  ['headers too large', 431, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(33 * 1024)}`],
  ['a bad chunk', 400, 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nnot a size\r\n'],
])('%s is told so with status %d, in JSON, and closed', async (_, status, bytes) => {
  const { port } = await serve((request) => void Promise.resolve(request.readBody(100)).catch(() => {}));
  const text = await exchange(port, Buffer.from(bytes, 'latin1'));
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(JSON.parse(text.slice(text.indexOf('{'))).error.type).toBe('invalid_request_error');
});

test('what follows a fault is never taken for a request', async () => {
  const seen: string[] = [];
  const { port } = await serve((request, response) => {
    seen.push(request.url);
    hello(request, response);
  });
  const smuggled = 'POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n';
  const text = await exchange(port, smuggled + get('/b'));
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(seen).toEqual([]);
});

test('a client that ends its half while it is being answered has left; one whose answer is only leaving still gets it', async () => {
  const gone: string[] = [];
  const { port } = await serve((request, response) => {
    response.whenGone(() => gone.push(request.url));
    if (request.url === '/large') response.answer(200, '', Buffer.alloc(10_000_000, 'x'));
  });
  const slow = connect(port);
  slow.end(get('/slow'));
  await expect.poll(() => gone).toEqual(['/slow']);
  const large = connect(port);
  large.write(get('/large'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  large.end();
  let bytes = 0;
  large.on('data', (piece) => (bytes += piece.length));
  await once(large, 'end');
  expect(bytes).toBeGreaterThan(10_000_000);
  expect(gone).toEqual(['/slow']);
});

/** One connection whose server's time is the test's. */
async function atTime(onRequest: ConnectionHost['onRequest']) {
  const host = { nowMs: 0, onRequest, forget() {} };
  const listener = net.createServer({ allowHalfOpen: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = connect((listener.address() as net.AddressInfo).port);
  const [socket] = (await once(listener, 'connection')) as [net.Socket];
  listener.close();
  const connection = new Connection(socket, host);
  let text = '';
  client.on('data', (piece) => (text += piece));
  return {
    client,
    text: () => text,
    /** Writes, and waits until it has been read. */
    async write(bytes: string) {
      const before = socket.bytesRead;
      client.write(bytes);
      await expect.poll(() => socket.bytesRead).toBe(before + bytes.length);
    },
    /** Whether the connection has been given up some time later. */
    async isOverAfter(ms: number) {
      host.nowMs += ms;
      connection.checkTime(host.nowMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return socket.destroyed || socket.writableEnded;
    },
  };
}

test('a client that never says anything is let go', async () => {
  const { isOverAfter, text } = await atTime(hello);
  expect(await isOverAfter(headTimeoutMs)).toBe(false);
  expect(await isOverAfter(1)).toBe(true);
  expect(text()).toBe('');
});

test('headers that trickle in have one time for all of them, and their client is told', async () => {
  const { write, isOverAfter, text } = await atTime(hello);
  expect(await isOverAfter(10_000)).toBe(false);
  await write('GET / HT');
  expect(await isOverAfter(headTimeoutMs)).toBe(false);
  await write('TP/1.1\r\n');
  expect(await isOverAfter(1)).toBe(true);
  await expect.poll(text).toMatch(/^HTTP\/1\.1 408 /);
});

test('a body that trickles in has its time, too, and one that nobody asks for has as long as it takes', async () => {
  const reading = await atTime((request) => void Promise.resolve(request.readBody(100)).catch(() => {}));
  await reading.write(post('half', 100));
  expect(await reading.isOverAfter(requestTimeoutMs)).toBe(false);
  expect(await reading.isOverAfter(1)).toBe(true);
  await expect.poll(reading.text).toMatch(/^HTTP\/1\.1 408 /);
  const waiting = await atTime(() => {});
  await waiting.write(post('x'.repeat(70_000), 100_000));
  expect(await waiting.isOverAfter(requestTimeoutMs * 10)).toBe(false);
  waiting.client.destroy();
});

test('a request that takes long to answer is not the client’s fault', async () => {
  const { write, isOverAfter, client } = await atTime(() => {});
  await write(get('/'));
  expect(await isOverAfter(requestTimeoutMs * 10)).toBe(false);
  client.destroy();
});

test('an idle connection is kept as long as was said, and a moment more for what is on its way', async () => {
  const { write, isOverAfter, text } = await atTime(hello);
  await write(get('/'));
  await expect.poll(text).toContain('hello');
  expect(await isOverAfter(keepAliveTimeoutMs + keepAliveGraceMs)).toBe(false);
  expect(await isOverAfter(1)).toBe(true);
});

test('a client that does not take an answer that is all written is not waited for without end', async () => {
  const { write, isOverAfter, client } = await atTime((_, response) =>
    response.answer(200, '', Buffer.alloc(20_000_000, 'x')),
  );
  client.pause();
  await write(get('/'));
  expect(await isOverAfter(1_000)).toBe(false);
  expect(await isOverAfter(leaveTimeoutMs)).toBe(false);
  expect(await isOverAfter(1)).toBe(true);
});

test('one empty line before a request is passed over; more of them do not keep a connection', async () => {
  const { port } = await serve(echoPath);
  const text = await exchange(port, `\r\n${get('/a')}\r\n${get('/b')}\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\/aHTTP\/1\.1 200 OK[\s\S]*\/bHTTP\/1\.1 400 /);
});

test('the rest of a request that was answered early is read for a moment and no longer', async () => {
  const { write, isOverAfter, text, client } = await atTime(hello);
  await write(post('half', 100));
  await expect.poll(text).toContain('hello');
  await write('more');
  expect(client.destroyed).toBe(false);
  await isOverAfter(lingerMs + 1);
  await expect.poll(() => client.destroyed || client.readableEnded).toBe(true);
});
