import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DirectRequest } from './direct-request.ts';
import { DirectResponse } from './direct-response.ts';

let server: http.Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A server that tells what came of each body, asked for after `waitMs`. */
async function serve(maxBytes: number, waitMs = 0) {
  const outcomes: string[] = [];
  server = http.createServer(
    { IncomingMessage: DirectRequest, ServerResponse: DirectResponse },
    (request, response) => {
      const read = async () => {
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        const outcome = await request.readBody(maxBytes).then(
          (body) => `${body.length} ${body.subarray(-1).toString()}`,
          (error: Error) => error.name,
        );
        outcomes.push(outcome);
        response.begin(200, '', Buffer.byteLength(outcome));
        response.finish(Buffer.from(outcome));
      };
      void read();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as net.AddressInfo).port, outcomes };
}

const post = (body: string, length = body.length) =>
  `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`;

async function send(port: number, ...pieces: string[]): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return socket;
}

test.each([
  ['in one piece', 0, [post('abc')]],
  ['in many', 0, [post('', 6), 'ab', 'cd', 'ef']],
  [
    'chunked',
    0,
    ['POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n', '2\r\nde\r\n0\r\n\r\n'],
  ],
  ['asked for late', 50, [post('', 6), 'ab', 'cd', 'ef']],
])('a body %s is read whole', async (_, waitMs, pieces) => {
  const { port, outcomes } = await serve(100, waitMs);
  const socket = await send(port, ...pieces);
  await expect.poll(() => outcomes).toHaveLength(1);
  expect(outcomes[0]).toMatch(/^(3 c|6 f|5 e)$/);
  socket.destroy();
});

test('an empty body is an empty buffer', async () => {
  const { port, outcomes } = await serve(100);
  const socket = await send(port, post(''));
  await expect.poll(() => outcomes).toEqual(['0 ']);
  socket.destroy();
});

test.each([
  ['announced', 0, ['POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 101\r\n\r\n']],
  [
    'that lies about it',
    0,
    [`POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}\r\n`],
  ],
  [
    'that was there before it was asked for',
    50,
    [`POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}\r\n`],
  ],
])('a body too large, %s, is refused', async (_, waitMs, pieces) => {
  const { port, outcomes } = await serve(100, waitMs);
  const socket = await send(port, ...pieces);
  await expect.poll(() => outcomes).toEqual(['RelayError']);
  socket.destroy();
});

test('a client that leaves before its body is whole is told of', async () => {
  const { port, outcomes } = await serve(1_000);
  const socket = await send(port, post('half', 100));
  socket.destroy();
  await expect.poll(() => outcomes).toEqual(['ClientGoneError']);
});

test('what nobody asks for does not pile up in memory', async () => {
  const { port, outcomes } = await serve(50_000_000, 300);
  const body = 'x'.repeat(30_000_000);
  const socket = net.connect(port, '127.0.0.1');
  socket.write(post(body));
  await new Promise((resolve) => setTimeout(resolve, 150));
  // Most of it still waits on this side of the connection.
  expect(socket.writableLength).toBeGreaterThan(10_000_000);
  await expect.poll(() => outcomes, { timeout: 5_000 }).toEqual(['30000000 x']);
  socket.destroy();
});

test('one request after another on the same connection gets its own body', async () => {
  const { port, outcomes } = await serve(100);
  const socket = await send(port, post('a') + post('bb') + post('ccc'));
  await expect.poll(() => outcomes).toEqual(['1 a', '2 b', '3 c']);
  socket.destroy();
});

test('a body that is only passed on comes at the reader’s pace, whole, and breaks off with its client', async () => {
  let read = 0;
  let error: Error | undefined;
  server = http.createServer(
    { IncomingMessage: DirectRequest, ServerResponse: DirectResponse },
    (request, response) => {
      const stream = request.streamBody();
      stream.on('error', (thrown) => {
        error = thrown;
      });
      const take = async () => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        for await (const piece of stream) read += (piece as Buffer).length;
        response.begin(200, '', 0);
        response.finish();
      };
      take().catch(() => {});
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(post('x'.repeat(30_000_000)));
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(socket.writableLength).toBeGreaterThan(10_000_000);
  await expect.poll(() => read, { timeout: 5_000 }).toBe(30_000_000);
  socket.write(post('half', 100));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await expect.poll(() => error?.name).toBe('ClientGoneError');
});
