import net from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens with hardly any room for waiting connections, and then never turns its loop again: nobody takes them. */
const hangForever = `
  const { createServer } = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** A connection on loopback that takes longer than this hangs. */
const hangsAfterMs = 300;
/** Kernels round a backlog up; none makes as much of 1. */
const maxRoom = 64;

/** An address on loopback where nothing is refused and no connection ever comes about, as behind a firewall that drops packets. */
export interface HangingServer {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startHangingServer(): Promise<HangingServer> {
  const thread = new Worker(hangForever, { eval: true });
  const port = await new Promise<number>((resolve, reject) => thread.once('message', resolve).once('error', reject));
  const sockets: net.Socket[] = [];
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await thread.terminate();
  };
  while (await isTaken(port, sockets)) {
    if (sockets.length < maxRoom) continue;
    await stop();
    throw new Error(`${maxRoom} connections did not fill a backlog of 1`);
  }
  return { port, stop };
}

/** Whether one more connection comes about. */
function isTaken(port: number, sockets: net.Socket[]): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), hangsAfterMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
