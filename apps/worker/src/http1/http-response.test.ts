import { once } from 'node:events';
import http from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { HttpResponse } from './http-response.ts';
import { closeServers, connect, exchange, get, serve } from './raw-client.fixture.ts';

afterEach(closeServers);

const type = 'content-type: text/plain\r\n';

test('a whole answer has its length, its headers and the hint how long the connection is kept', async () => {
  const { port } = await serve((_, response) => {
    response.begin(200, type, 5);
    expect(response.hasBegun).toBe(true);
    response.finish(Buffer.from('hello'));
  });
  const text = await exchange(port, get('/'), (seen) => seen.endsWith('hello'));
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-type: text\/plain\r\ncontent-length: 5\r\ndate: [^\r]+ GMT\r\n/);
  expect(text).toContain('connection: keep-alive\r\nkeep-alive: timeout=75\r\n\r\nhello');
});

test('pieces of any size arrive in order, and the connection serves the next request', async () => {
  const pieces = [
    Buffer.from('a'),
    Buffer.alloc(100_000, 'b'),
    Buffer.alloc(0),
    Buffer.from('é'),
    Buffer.alloc(16_384, 'c'),
  ];
  const { port } = await serve((_, response) => {
    response.begin(200, type);
    for (const piece of pieces) response.send(piece);
    response.finish(Buffer.from('end'));
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  for (let round = 0; round < 3; round++) {
    const response = await new Promise<http.IncomingMessage>((resolve) => {
      http.get({ port, agent }, resolve);
    });
    ports.add(response.socket.localPort);
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    expect(Buffer.concat(parts).equals(Buffer.concat([...pieces, Buffer.from('end')]))).toBe(true);
  }
  agent.destroy();
  expect(ports.size).toBe(1);
});

test.each([
  ['HTTP/1.0 ends its body by closing', 'GET / HTTP/1.0\r\n\r\n', /connection: close\r\n\r\nhello$/],
  [
    'a connection that is to be closed is closed behind a whole body',
    get('/', 'connection: close\r\n'),
    /transfer-encoding: chunked\r\n[\s\S]*connection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n$/,
  ],
  [
    'HEAD gets the head alone',
    'HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    /chunked\r\n[\s\S]*\r\n\r\n$/,
  ],
])('%s', async (_, request, expected) => {
  const { port } = await serve((_request, response) => {
    response.begin(200, type);
    response.send(Buffer.from('hello'));
    response.finish();
  });
  expect(await exchange(port, request)).toMatch(expected);
});

test.each([204, 304])('status %d has neither a body nor a framing, and the connection goes on', async (status) => {
  const { port } = await serve((request, response) => {
    response.begin(request.url === '/1' ? status : 200, '', 3);
    response.finish(Buffer.from('abc'));
  });
  const text = await exchange(port, get('/1') + get('/2'), (seen) => seen.endsWith('abc'));
  const [first, second] = text.split('HTTP/1.1 ').slice(1);
  expect(first).toMatch(/\r\n\r\n$/);
  expect(first).not.toMatch(/content-length|transfer-encoding/);
  expect(second).toMatch(/^200 OK[\s\S]*content-length: 3[\s\S]*abc$/);
});

test('HEAD tells the length that the body would have, and sends none of it', async () => {
  const { port } = await serve((_, response) => response.answer(200, type, Buffer.alloc(50_000, '#')));
  const text = await exchange(port, `HEAD / HTTP/1.1\r\nhost: x\r\n\r\n${get('/', 'connection: close\r\n')}`);
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^#]*content-length: 50000\r\n[\s\S]*?\r\n\r\nHTTP\/1\.1 200 OK/);
  expect(text.endsWith(`\r\n\r\n${'#'.repeat(50_000)}`)).toBe(true);
});

test('a client that reads slowly holds the writer back, and wakes it when it has caught up', async () => {
  let sent = 0;
  let drained = 0;
  const piece = Buffer.alloc(64 * 1024, 'x');
  const { port } = await serve((_, response) => {
    response.begin(200, type);
    const goOn = () => {
      drained++;
      more();
    };
    const more = () => {
      while (sent < 400) {
        sent++;
        if (!response.send(piece)) return response.whenDrained(goOn);
      }
      response.finish();
    };
    more();
  });
  const socket = connect(port);
  socket.write(get('/'));
  socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sent).toBeLessThan(400);
  let bytes = 0;
  socket.on('data', (part) => {
    bytes += part.length;
    if (part.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) socket.destroy();
  });
  socket.resume();
  await once(socket, 'close');
  expect(bytes).toBeGreaterThan(400 * piece.length);
  expect(drained).toBeGreaterThan(0);
});

test('a response is over only when all of it has left, so that closing idle connections loses nothing', async () => {
  let isOver = false;
  const { port, server } = await serve((_, response) => {
    response.whenClosed(() => (isOver = true));
    response.answer(200, type, Buffer.alloc(20_000_000, 'x'));
    expect(response.isFinished).toBe(true);
  });
  const socket = connect(port);
  socket.pause();
  socket.write(get('/'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isOver).toBe(false);
  server.closeIdleConnections();
  let bytes = 0;
  socket.on('data', (part) => (bytes += part.length));
  socket.resume();
  await expect.poll(() => isOver).toBe(true);
  await expect.poll(() => bytes).toBeGreaterThan(20_000_000);
  server.closeIdleConnections();
  await once(socket, 'end');
  socket.destroy();
});

test('a client that goes away is told of once, and what is written after it goes nowhere', async () => {
  const told: string[] = [];
  let response: HttpResponse | undefined;
  const { port } = await serve((_, opened) => {
    response = opened;
    opened.whenGone(() => told.push('gone'));
    opened.whenDrained(() => told.push('drained'));
    opened.whenClosed(() => told.push('closed'));
    opened.begin(200, type);
    opened.send(Buffer.from('first'));
  });
  const socket = connect(port);
  socket.write(get('/'));
  socket.once('data', () => socket.destroy());
  await expect.poll(() => told).toEqual(['drained', 'gone', 'closed']);
  expect(response?.isGone).toBe(true);
  response?.whenGone(() => told.push('asked late'));
  response?.send(Buffer.from('late'));
  response?.finish();
  expect(told).toEqual(['drained', 'gone', 'closed', 'asked late']);
});

test('a response that has left whole is not gone, whenever its client leaves', async () => {
  const told: string[] = [];
  const { port } = await serve((_, response) => {
    response.whenGone(() => told.push('gone'));
    response.whenClosed(() => told.push('closed'));
    response.answer(200, type, Buffer.from('hello'));
  });
  await exchange(port, get('/'), (seen) => seen.endsWith('hello'));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(told).toEqual(['closed']);
});

test('a response that is cut does not look whole', async () => {
  const { port } = await serve((_, response) => {
    response.begin(200, type);
    response.send(Buffer.from('half'));
    setTimeout(() => response.destroy(), 20);
  });
  expect(await exchange(port, get('/'))).toMatch(/\r\n4\r\nhalf\r\n$/);
});

test('a piece may be text, of any script, and is framed by its bytes', async () => {
  const pieces = ['plain', 'zwölf', '十二 🎉', '', 'x'.repeat(40_000), `${'é'.repeat(20_000)}!`];
  const { port } = await serve((_, response) => {
    response.begin(200, type);
    for (const piece of pieces) response.send(piece);
    response.finish();
  });
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(await answer.text()).toBe(pieces.join(''));
});
