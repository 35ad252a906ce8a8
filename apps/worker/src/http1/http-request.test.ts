import { afterEach, expect, test } from 'vitest';
import { closeServers, connect, post, sendPieces, serve } from './raw-client.fixture.ts';

afterEach(closeServers);

/** A server that tells what came of each body, asked for after `waitMs`. */
async function serveBodies(maxBytes: number, waitMs = 0) {
  const outcomes: string[] = [];
  const { port } = await serve(async (request, response) => {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const outcome = await Promise.resolve()
      .then(() => request.readBody(maxBytes))
      .then(
        (body) => `${body.length} ${body.subarray(-1).toString()}`,
        (error: Error) => error.name,
      );
    outcomes.push(outcome);
    response.answer(200, '', Buffer.from(outcome));
  });
  return { port, outcomes };
}

const chunked = (body: string) => `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${body}`;

test.each([
  ['in one piece', 0, [post('abc')]],
  ['in many', 0, [post('', 6), 'ab', 'cd', 'ef']],
  ['chunked', 0, [chunked('3\r\nabc\r\n'), '2\r\nde\r\n0\r\n\r\n']],
  ['asked for late', 50, [post('', 6), 'ab', 'cd', 'ef']],
])('a body %s is read whole', async (_, waitMs, pieces) => {
  const { port, outcomes } = await serveBodies(100, waitMs);
  const socket = await sendPieces(port, ...pieces);
  await expect.poll(() => outcomes).toHaveLength(1);
  expect(outcomes[0]).toMatch(/^(3 c|6 f|5 e)$/);
  socket.destroy();
});

test('a body that came with its head is there at once', async () => {
  let body: unknown;
  const { port } = await serve((request) => {
    body = request.readBody(10);
  });
  const socket = await sendPieces(port, post('abc'));
  await expect.poll(() => body).toEqual(Buffer.from('abc'));
  socket.destroy();
});

test('an empty body is an empty buffer', async () => {
  const { port, outcomes } = await serveBodies(100);
  const socket = await sendPieces(port, post(''));
  await expect.poll(() => outcomes).toEqual(['0 ']);
  socket.destroy();
});

test.each([
  ['announced', 0, ['POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 101\r\n\r\n']],
  ['that lies about it', 0, [chunked(`65\r\n${'x'.repeat(101)}\r\n`)]],
  ['that comes bit by bit', 0, [chunked(''), `32\r\n${'x'.repeat(50)}\r\n`, `33\r\n${'x'.repeat(51)}\r\n`]],
  ['that was there before it was asked for', 50, [chunked(`65\r\n${'x'.repeat(101)}\r\n`)]],
])('a body too large, %s, is refused', async (_, waitMs, pieces) => {
  const { port, outcomes } = await serveBodies(100, waitMs);
  const socket = await sendPieces(port, ...pieces);
  await expect.poll(() => outcomes).toEqual(['RelayError']);
  socket.destroy();
});

test('a client that leaves before its body is whole is told of', async () => {
  const { port, outcomes } = await serveBodies(1_000);
  const socket = await sendPieces(port, post('half', 100));
  socket.destroy();
  await expect.poll(() => outcomes).toEqual(['ClientGoneError']);
});

test('a body that stops making sense is a client that left', async () => {
  const { port, outcomes } = await serveBodies(1_000);
  const socket = await sendPieces(port, chunked('3\r\nabc\r\n'), 'no size\r\n');
  await expect.poll(() => outcomes).toEqual(['ClientGoneError']);
  socket.destroy();
});

test('what nobody asks for does not pile up in memory', async () => {
  const { port, outcomes } = await serveBodies(50_000_000, 300);
  const socket = connect(port);
  socket.write(post('x'.repeat(30_000_000)));
  await new Promise((resolve) => setTimeout(resolve, 150));
  // Most of it still waits on this side of the connection.
  expect(socket.writableLength).toBeGreaterThan(10_000_000);
  await expect.poll(() => outcomes, { timeout: 5_000 }).toEqual(['30000000 x']);
  socket.destroy();
});

test('one request after another on the same connection gets its own body', async () => {
  const { port, outcomes } = await serveBodies(100);
  const socket = await sendPieces(port, post('a') + post('bb') + post('ccc'));
  await expect.poll(() => outcomes).toEqual(['1 a', '2 b', '3 c']);
  socket.destroy();
});

test('a body that is only passed on comes at the reader’s pace, whole, and breaks off with its client', async () => {
  let read = 0;
  let error: Error | undefined;
  const { port } = await serve((request, response) => {
    const stream = request.streamBody();
    stream.on('error', (thrown) => {
      error = thrown;
    });
    const take = async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      for await (const piece of stream) read += (piece as Buffer).length;
      response.answer(200, '', Buffer.alloc(0));
    };
    take().catch(() => {});
  });
  const socket = connect(port);
  socket.write(post('x'.repeat(30_000_000)));
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(socket.writableLength).toBeGreaterThan(10_000_000);
  await expect.poll(() => read, { timeout: 5_000 }).toBe(30_000_000);
  socket.write(post('half', 100));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await expect.poll(() => error?.name).toBe('ClientGoneError');
});
