import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface EventStream {
  /** Sends one record; resolves when the client keeps up, false when it has left. */
  send(data: unknown, event?: string): Promise<boolean>;
  /** Waits as a model does between two pieces. */
  pause(): Promise<void>;
  end(lastRecord?: string): void;
}

/** Begins a text/event-stream answer. */
export function openEventStream(response: ServerResponse, pieceDelayMs: number): EventStream {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  return {
    async send(data, event) {
      if (response.destroyed) return false;
      const name = event === undefined ? '' : `event: ${event}\n`;
      if (!response.write(`${name}data: ${JSON.stringify(data)}\n\n`)) {
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      return !response.destroyed;
    },
    pause: async () => {
      if (pieceDelayMs > 0) await sleep(pieceDelayMs);
    },
    end: (lastRecord) => response.end(lastRecord),
  };
}

/** A JSON answer. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}
