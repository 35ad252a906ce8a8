import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectThroughHttp } from './http-connect.ts';
import { connectThroughSocks5, greetSocks5 } from './socks5.ts';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

/** A connection to a server that answers each piece it hears with the next of these, byte by byte where asked to. */
async function connectTo(
  answers: readonly Buffer[],
  { byteByByte = false, hangsUp = false } = {},
): Promise<net.Socket> {
  const left = [...answers];
  const server = net.createServer({ noDelay: true }, (socket) => {
    socket
      .on('error', () => {})
      .on('data', async () => {
        const answer = left.shift() ?? Buffer.alloc(0);
        const step = byteByByte ? 1 : Math.max(1, answer.length);
        for (let at = 0; at < answer.length; at += step) {
          socket.write(answer.subarray(at, at + step));
          if (byteByByte) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        if (hangsUp && left.length === 0) socket.end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closings.push(() => new Promise((resolve) => server.close(resolve)));
  const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  closings.push(() => socket.destroy());
  return socket;
}

const proxy = { scheme: 'http', hostname: 'p', port: 1, username: 'u', password: 'p' } as const;
const target = { hostname: 'up.example.com', port: 443 };
const granted = Buffer.from('HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n');
const socksGranted = Buffer.from([5, 0, 0, 3, 2, 0x61, 0x62, 0, 80]);
const firstBytes = (socket: net.Socket) =>
  new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));

test.each([true, false])(
  'a CONNECT reply is read to its end, however it comes (byte by byte: %s)',
  async (byteByByte) => {
    const socket = await connectTo([Buffer.concat([granted, Buffer.from('upstream')])], { byteByByte });
    await connectThroughHttp(socket, proxy, target);
    // What comes behind it is the upstream's.
    expect('upstream'.startsWith(await firstBytes(socket))).toBe(true);
  },
);

test.each([true, false])(
  'SOCKS5 replies are read to their end, however they come (byte by byte: %s)',
  async (byteByByte) => {
    const replies = [Buffer.from([5, 2]), Buffer.from([1, 0]), Buffer.concat([socksGranted, Buffer.from('upstream')])];
    const socket = await connectTo(replies, { byteByByte });
    await greetSocks5(socket, proxy);
    await connectThroughSocks5(socket, target);
    expect('upstream'.startsWith(await firstBytes(socket))).toBe(true);
  },
);

test.each([
  ['nothing and hangs up', Buffer.alloc(0), 'the proxy hung up'],
  ['half a head and hangs up', granted.subarray(0, 30), 'the proxy hung up'],
  ['a head without an end', Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`), 'the proxy says too much'],
  ['something else', Buffer.from('SSH-2.0-server\r\n\r\n'), 'the proxy does not speak HTTP'],
  ['HTTP/2', Buffer.from('HTTP/2 200\r\n\r\n'), 'the proxy does not speak HTTP'],
  ['no status', Buffer.from('HTTP/1.1 OK\r\n\r\n'), 'the proxy does not speak HTTP'],
])('a proxy that answers CONNECT with %s is refused', async (_, answer, message) => {
  const socket = await connectTo([answer], { hangsUp: true });
  await expect(connectThroughHttp(socket, proxy, target)).rejects.toMatchObject({ kind: 'refused', message });
});

test.each([
  ['an old version', Buffer.from([4, 0]), 'the proxy does not speak SOCKS5'],
  ['no method that we offered', Buffer.from([5, 0xff]), 'the proxy wants another authentication'],
  ['a method that we did not offer', Buffer.from([5, 1]), 'the proxy wants another authentication'],
  ['half a greeting', Buffer.from([5]), 'the proxy hung up'],
])('a proxy that greets with %s is refused', async (_, answer, message) => {
  const socket = await connectTo([answer], { hangsUp: true });
  await expect(greetSocks5(socket, proxy)).rejects.toMatchObject({ kind: 'refused', message });
});

test('a name too long for SOCKS5 is refused before it is sent', async () => {
  const socket = await connectTo([]);
  const long = { hostname: `${'a'.repeat(256)}.example.com`, port: 1 };
  await expect(connectThroughSocks5(socket, long)).rejects.toMatchObject({ kind: 'refused' });
});
