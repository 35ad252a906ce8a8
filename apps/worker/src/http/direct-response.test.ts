import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DirectRequest } from './direct-request.ts';
import { DirectResponse } from './direct-response.ts';

type Handler = (request: DirectRequest, response: DirectResponse) => void;
let server: http.Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serve(handler: Handler): Promise<number> {
  server = http.createServer({ IncomingMessage: DirectRequest, ServerResponse: DirectResponse }, handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as net.AddressInfo).port;
}

/** Writes raw bytes and reads until the text ends as expected, or the connection closes. */
async function exchange(port: number, request: string, isOver: (text: string) => boolean): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(request);
  let text = '';
  for await (const piece of socket) {
    text += String(piece);
    if (isOver(text)) break;
  }
  socket.destroy();
  return text;
}

const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;
const type = 'content-type: text/plain\r\n';

test('a whole answer has its length, its headers and the hint how long the connection is kept', async () => {
  const port = await serve((_, response) => {
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
  const port = await serve((_, response) => {
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

test('requests that were pipelined are answered in their order', async () => {
  const waiting: (() => void)[] = [];
  const port = await serve((request, response) => {
    const answer = () => {
      response.begin(200, type, request.url?.length ?? 0);
      response.finish(Buffer.from(request.url ?? ''));
    };
    // The first one takes longest.
    if (request.url === '/1') setTimeout(() => [answer, ...waiting].forEach((one) => void one()), 20);
    else waiting.push(answer);
  });
  const text = await exchange(port, get('/1') + get('/2') + get('/3'), (seen) => seen.includes('/3'));
  expect([...text.matchAll(/\r\n\r\n(\/\d)/g)].map((match) => match[1])).toEqual(['/1', '/2', '/3']);
});

test.each([
  ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', /hello$/],
  [
    'a connection to be closed',
    get('/', 'connection: close\r\n'),
    /connection: close\r\n[\s\S]*\r\n\r\n5\r\nhello\r\n0\r\n\r\n$/i,
  ],
  ['HEAD', 'HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', /\r\n\r\n$/],
])('%s goes the way Node has for it', async (_, request, expected) => {
  const port = await serve((_request, response) => {
    response.begin(200, type);
    response.send(Buffer.from('hello'));
    response.finish();
  });
  expect(await exchange(port, request, () => false)).toMatch(expected);
});

test('a client that reads slowly holds the writer back, and wakes it when it has caught up', async () => {
  let sent = 0;
  let drained = 0;
  const piece = Buffer.alloc(64 * 1024, 'x');
  const port = await serve((_, response) => {
    response.begin(200, type);
    const goOn = () => {
      drained++;
      more();
    };
    const more = () => {
      while (sent < 400) {
        sent++;
        if (!response.send(piece)) return void response.once('drain', goOn);
      }
      response.finish();
    };
    more();
  });
  const socket = net.connect(port, '127.0.0.1');
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

test('a response counts as finished only when all of it has left, so that closing idle connections loses nothing', async () => {
  const events: string[] = [];
  const port = await serve((_, response) => {
    response.on('finish', () => events.push('finish')).on('close', () => events.push('close'));
    response.begin(200, type);
    response.finish(Buffer.alloc(20_000_000, 'x'));
    expect(response.writableEnded).toBe(true);
  });
  const socket = net.connect(port, '127.0.0.1');
  socket.pause();
  socket.write(get('/'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(events).toEqual([]);
  socket.resume();
  await expect.poll(() => events).toEqual(['finish', 'close']);
  socket.destroy();
});

test('a client that goes away closes the response, and what is written after it goes nowhere', async () => {
  let response: DirectResponse | undefined;
  const closed = new Promise<void>((resolve) => {
    void serve((_, opened) => {
      response = opened;
      opened.begin(200, type);
      opened.send(Buffer.from('first'));
      opened.once('close', resolve);
    }).then((port) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.write(get('/'));
      socket.once('data', () => socket.destroy());
    });
  });
  await closed;
  expect(response?.destroyed).toBe(true);
  expect(() => {
    response?.send(Buffer.from('late'));
    response?.finish();
  }).not.toThrow();
});
