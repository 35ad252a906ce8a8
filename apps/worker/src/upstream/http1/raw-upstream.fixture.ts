import { once } from 'node:events';
import net from 'node:net';
import { buildConnector } from 'undici';
import type { AnswerControl, AnswerSink } from '../answer-sink.ts';
import { OriginPool } from './origin-pool.ts';
import type { UpstreamRequest } from './upstream-request.ts';

/** An upstream of raw bytes: every connection of it, and what came on them. */
export interface RawUpstream {
  readonly url: string;
  readonly sockets: readonly net.Socket[];
  /** What each connection has sent so far. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/** @param onBytes is told of all that a connection has sent, each time more comes */
export async function startRawUpstream(onBytes: (socket: net.Socket, received: string) => void): Promise<RawUpstream> {
  const sockets: net.Socket[] = [];
  const received: string[] = [];
  const server = net.createServer({ noDelay: true }, (socket) => {
    const index = sockets.push(socket) - 1;
    received.push('');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received[index] += chunk.toString('latin1');
      onBytes(socket, received[index] as string);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    sockets,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const poolTo = (url: string) => new OriginPool(url, buildConnector({ timeout: 1_000 }));

/** An answer as its sink sees it. */
export class Seen implements AnswerSink {
  control: AnswerControl | undefined;
  status = 0;
  lines = '';
  body = '';
  pieces = 0;
  error: (Error & { code?: string }) | undefined;
  /** How often it was told of the end, one way or the other. */
  ends = 0;
  readonly ended: Promise<void>;
  readonly #onEvent: (event: 'start' | 'head' | 'data' | 'end' | 'error', seen: Seen) => void;
  #resolve: () => void = () => {};

  constructor(onEvent: (event: 'start' | 'head' | 'data' | 'end' | 'error', seen: Seen) => void = () => {}) {
    this.#onEvent = onEvent;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  onStart(control: AnswerControl): void {
    this.control = control;
    this.#onEvent('start', this);
  }

  onHead(status: number, _headers: unknown, lines: string): void {
    this.status = status;
    this.lines = lines;
    this.#onEvent('head', this);
  }

  onData(chunk: Buffer): void {
    this.body += chunk.toString('latin1');
    this.pieces++;
    this.#onEvent('data', this);
  }

  onEnd(): void {
    this.ends++;
    this.#onEvent('end', this);
    this.#resolve();
  }

  onError(error: Error): void {
    this.ends++;
    this.error = error;
    this.#onEvent('error', this);
    this.#resolve();
  }
}

export const get: UpstreamRequest = { method: 'GET', path: '/', headers: [], body: undefined };

/** Sends a request; resolves when its answer is over. */
export async function ask(pool: OriginPool, request: Partial<UpstreamRequest> = {}, seen = new Seen()): Promise<Seen> {
  pool.send({ ...get, ...request }, seen);
  await seen.ended;
  return seen;
}
