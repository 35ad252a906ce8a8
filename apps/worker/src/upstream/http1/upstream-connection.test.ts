import { once } from 'node:events';
import type net from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { maxHeadBytes } from './bounds.ts';
import type { OriginPool } from './origin-pool.ts';
import { ask, get, poolTo, type RawUpstream, Seen, startRawUpstream } from './raw-upstream.fixture.ts';

let upstream: RawUpstream;
let pool: OriginPool;
afterEach(async () => {
  await pool.destroy();
  await upstream.close();
});

/** An upstream that answers each request head with these bytes. */
async function answering(answer: string | ((socket: net.Socket, count: number) => void)) {
  const heads = new Map<net.Socket, number>();
  upstream = await startRawUpstream((socket, received) => {
    const count = received.split('\r\n\r\n').length - 1;
    if (count === (heads.get(socket) ?? 0)) return;
    heads.set(socket, count);
    if (typeof answer === 'string') socket.write(answer, 'latin1');
    else answer(socket, count);
  });
  pool = poolTo(upstream.url);
}

const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

test('cut anywhere, an answer is the same, and its connection carries the next one', async () => {
  const answers = [
    'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\nhello world',
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunked('hello')}${chunked(' ')}${chunked('world')}0\r\n\r\n`,
    `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunked('hello world')}0\r\nx: y\r\n\r\n`,
  ];
  let next = '';
  let cuts: readonly number[] = [];
  await answering(async (socket) => {
    const borders = [0, ...cuts.map((cut) => cut % next.length).sort((a, b) => a - b), next.length];
    for (const [index, end] of borders.slice(1).entries()) {
      socket.write(next.slice(borders[index], end), 'latin1');
      await new Promise(setImmediate);
    }
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...answers), fc.array(fc.nat(400), { maxLength: 6 }), async (answer, at) => {
      next = answer;
      cuts = at;
      const seen = await ask(pool);
      expect(seen).toMatchObject({ status: 200, body: 'hello world', error: undefined, ends: 1 });
    }),
    { numRuns: 150 },
  );
  expect(upstream.sockets).toHaveLength(1);
});

test('all chunks of one read are one piece', async () => {
  const text = Array.from({ length: 50 }, (_, index) => `data: ${index}\n\n`);
  await answering(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${text.map(chunked).join('')}0\r\n\r\n`);
  expect(await ask(pool)).toMatchObject({ body: text.join(''), pieces: 1 });
});

test('an answer without a length ends with its connection', async () => {
  await answering((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nto the end'));
  expect(await ask(pool)).toMatchObject({ body: 'to the end', error: undefined });
  await expect.poll(() => pool.size).toBe(0);
});

test.each([
  ['before any byte', ''],
  ['in its head', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ['behind its head', 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n'],
  ['in its body', 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc'],
  ['in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc'],
  ['before the last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'],
])('an answer that breaks off %s is no whole one', async (_, bytes) => {
  await answering((socket) => socket.end(bytes));
  const seen = await ask(pool);
  expect(seen).toMatchObject({ error: { code: 'ANSWER_CUT' }, ends: 1 });
  await expect.poll(() => pool.size).toBe(0);
});

test.each([
  ['what is no HTTP', 'SSH-2.0-OpenSSH_9\r\n'],
  ['a head without an end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(maxHeadBytes / 6)}`],
  ['an upgrade that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ['answers before the answer without an end', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd'],
])('%s breaks the connection', async (_, bytes) => {
  await answering(bytes);
  expect(await ask(pool)).toMatchObject({ error: { code: 'ANSWER_BROKEN' }, ends: 1 });
  await expect.poll(() => pool.size).toBe(0);
});

test('a chunk that is framed wrongly breaks the connection, whatever came before it', async () => {
  await answering('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n');
  expect(await ask(pool)).toMatchObject({ error: { code: 'ANSWER_BROKEN' }, ends: 1 });
});

test('what an upstream says beyond its answer is never taken for the next one', async () => {
  await answering('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil');
  expect(await ask(pool)).toMatchObject({ body: 'ok', error: undefined });
  expect(await ask(pool)).toMatchObject({ body: 'ok' });
  expect(upstream.sockets).toHaveLength(2);
});

test('what an upstream says while nobody has asked closes the connection', async () => {
  await answering('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  await ask(pool);
  upstream.sockets[0]?.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil');
  await expect.poll(() => pool.size).toBe(0);
  expect(await ask(pool)).toMatchObject({ body: 'ok' });
});

test('while an answer is paused nothing more of it comes, and its upstream is held back', async () => {
  const piece = 'x'.repeat(64 * 1024);
  let written = 0;
  await answering((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${piece.length * 200}\r\n\r\n`);
    const more = () => {
      while (written < 200 && socket.write(piece)) written++;
      if (written++ < 200) socket.once('drain', more);
    };
    more();
  });
  let isPaused = false;
  let whilePaused = 0;
  const seen = new Seen((event, { control }) => {
    if (event !== 'data') return;
    if (isPaused) whilePaused++;
    if (isPaused || seen.pieces > 1) return;
    isPaused = true;
    control?.pause();
  });
  pool.send(get, seen);
  await expect.poll(() => isPaused).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(whilePaused).toBe(0);
  expect(written).toBeLessThan(200);
  isPaused = false;
  seen.control?.resume();
  await seen.ended;
  expect(seen.body.length).toBe(piece.length * 200);
});

test('a request that is given up ends in its reason, once, and takes its connection with it', async () => {
  await answering('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n');
  const reason = new Error('enough');
  const seen = await ask(
    pool,
    {},
    new Seen((event, { control }) => {
      if (event !== 'data') return;
      control?.abort(reason);
      control?.abort(new Error('again'));
    }),
  );
  expect(seen).toMatchObject({ error: reason, ends: 1 });
  await expect.poll(() => pool.size).toBe(0);
});

test('a request that is given up before it goes out does not go out', async () => {
  await answering('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  const reason = new Error('too late');
  const seen = await ask(pool, {}, new Seen((event, { control }) => event === 'start' && control?.abort(reason)));
  expect(seen.error).toBe(reason);
  expect(await ask(pool)).toMatchObject({ body: 'ok' });
  expect(upstream.received.join('').match(/GET/g)).toHaveLength(1);
});

test('what comes late for an answer that is over changes nothing for the next one on its connection', async () => {
  await answering((socket, count) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n');
    setTimeout(() => socket.write('ok'), count === 1 ? 0 : 100);
  });
  const first = await ask(pool);
  const second = ask(pool);
  first.control?.pause();
  first.control?.abort(new Error('late'));
  expect(await second).toMatchObject({ body: 'ok', error: undefined });
  expect(upstream.sockets).toHaveLength(1);
});

test('bodies of any size arrive as they are', async () => {
  const sizes = [1, 100, 16 * 1024 - 1, 16 * 1024, 3 * 1024 * 1024];
  for (const size of sizes) {
    const body = Buffer.alloc(size, '\u00e9\u4e2d', 'utf8');
    upstream = await startRawUpstream((socket, received) => {
      const at = received.indexOf('\r\n\r\n') + 4;
      if (at > 3 && received.length - at === size) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    pool = poolTo(upstream.url);
    expect(await ask(pool, { method: 'POST', body })).toMatchObject({ status: 200 });
    const [text = ''] = upstream.received;
    expect(Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1').equals(body)).toBe(true);
    await pool.destroy();
    await upstream.close();
  }
});

test('a streamed body goes out in chunks, or as it is where its length was said', async () => {
  async function* pieces() {
    yield Buffer.from('one');
    yield Buffer.alloc(0);
    yield Buffer.from('three');
  }
  upstream = await startRawUpstream((socket, received) => {
    if (/(0\r\n\r\n|onethree)$/.test(received)) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
  pool = poolTo(upstream.url);
  await ask(pool, { method: 'POST', body: pieces() });
  expect(upstream.received[0]).toMatch(/\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n$/);
  await ask(pool, { method: 'POST', headers: ['content-length', '8'], body: pieces() });
  expect(upstream.received[0]).toMatch(/content-length: 8\r\n\r\nonethree$/);
  expect(upstream.sockets).toHaveLength(1);
});

test('a streamed body whose source breaks ends the request in the source’s error', async () => {
  async function* pieces() {
    yield Buffer.from('one');
    throw new Error('the client left');
  }
  await answering(() => {});
  const seen = await ask(pool, { method: 'POST', body: pieces() });
  expect(seen).toMatchObject({ error: { message: 'the client left' }, ends: 1 });
  await expect.poll(() => pool.size).toBe(0);
});

test('a streamed body waits for an upstream that does not read, and is let go of when that leaves', async () => {
  let taken = 0;
  let isLetGo = false;
  async function* pieces() {
    try {
      for (; taken < 1_000; taken++) yield Buffer.alloc(256 * 1024);
    } finally {
      isLetGo = true;
    }
  }
  upstream = await startRawUpstream((socket) => socket.pause());
  pool = poolTo(upstream.url);
  const seen = new Seen();
  pool.send({ ...get, method: 'POST', body: pieces() }, seen);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(taken).toBeLessThan(200);
  upstream.sockets[0]?.destroy();
  await seen.ended;
  expect(seen.ends).toBe(1);
  await expect.poll(() => isLetGo).toBe(true);
});

test('an answer that comes before all of the request has gone is taken, and the connection is not used again', async () => {
  const body = Buffer.alloc(64 * 1024 * 1024);
  upstream = await startRawUpstream((socket) => {
    socket.pause();
    socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno');
  });
  pool = poolTo(upstream.url);
  expect(await ask(pool, { method: 'POST', body })).toMatchObject({ status: 413, body: 'no', error: undefined });
  await expect.poll(() => pool.size).toBe(0);
});

test('a connection that is reset tells so', async () => {
  await answering((socket) => socket.resetAndDestroy());
  expect((await ask(pool)).error?.code).toMatch(/ECONNRESET|EPIPE/);
});

test('requests that follow each other share a connection; those at once have one each', async () => {
  await answering('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  for (let round = 0; round < 3; round++) await ask(pool);
  expect(upstream.sockets).toHaveLength(1);
  await Promise.all(Array.from({ length: 5 }, () => ask(pool)));
  expect(upstream.sockets).toHaveLength(5);
  // Used last in, first out.
  await ask(pool);
  expect(upstream.sockets).toHaveLength(5);
  const [socket] = upstream.sockets as [net.Socket];
  socket.destroy();
  await once(socket, 'close');
});
