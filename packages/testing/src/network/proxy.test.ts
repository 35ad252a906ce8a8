import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from './index.ts';

let echo: net.Server;
let proxy: FaultProxy;

beforeAll(async () => {
  echo = net.createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => echo.once('listening', resolve));
  proxy = await startFaultProxy({ port: (echo.address() as net.AddressInfo).port });
});
afterAll(async () => {
  await proxy.stop();
  echo.close();
});

/** Opens a connection and collects what comes back. */
function client() {
  const socket = net.connect(proxy.port, '127.0.0.1');
  const pieces: Buffer[] = [];
  let error: NodeJS.ErrnoException | undefined;
  socket
    .on('data', (data) => pieces.push(data))
    .on('error', (failure) => {
      error = failure;
    });
  return { socket, received: () => Buffer.concat(pieces).toString(), error: () => error?.code };
}

test('bytes pass whole and in order, however they are split', async () => {
  proxy.set({ splitBytes: 3 });
  const { socket, received } = client();
  const text = 'abcdefghij'.repeat(500);
  socket.write(text);
  await expect.poll(received).toBe(text);
  socket.destroy();
});

test('a blackhole keeps the connection and swallows the data until it is lifted', async () => {
  proxy.set({ isBlackhole: true });
  const { socket, received } = client();
  socket.write('lost');
  await expect.poll(() => proxy.connections).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(received()).toBe('');
  proxy.set({});
  socket.write('seen');
  await expect.poll(received).toBe('seen');
  socket.destroy();
});

test('killing the connections resets each, and refusing resets new ones', async () => {
  proxy.set({});
  const open = client();
  open.socket.write('x');
  await expect.poll(open.received).toBe('x');
  proxy.killConnections();
  await expect.poll(open.error).toBe('ECONNRESET');
  proxy.set({ isRefusing: true });
  const refused = client();
  await expect.poll(refused.error).toBe('ECONNRESET');
});
