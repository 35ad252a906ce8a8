import type { ServerResponse } from 'node:http';

/** Up to this size a copy of the body is cheaper than a second piece. */
const maxTextBytes = 16 * 1024;

/** The upstream's side of backpressure. */
export interface Source {
  pause(): void;
  resume(): void;
}

/**
 * Writes an answer to the client and slows its source down to the client's pace: what the client has not taken stays at
 * the upstream, but for one socket buffer.
 */
export class ClientWriter {
  readonly response: ServerResponse;
  /** Monotonic time since which the client has not taken what was written; undefined while it keeps up. */
  stalledSinceMs: number | undefined;
  #source: Source | undefined;
  #onDrain: (() => void) | undefined;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  get isGone(): boolean {
    return this.response.destroyed;
  }

  /** Sends status and headers (a flat list of names and values). */
  open(status: number, headers: string[]): void {
    if (!this.isGone) this.response.writeHead(status, headers);
  }

  /** Writes bytes; pauses `source` until the client has taken them if it lags. */
  write(bytes: Buffer, source: Source, nowMs: number): void {
    if (this.isGone || bytes.length === 0) return;
    if (this.response.write(bytes) || this.stalledSinceMs !== undefined) return;
    this.stalledSinceMs = nowMs;
    this.#source = source;
    source.pause();
    this.#onDrain ??= () => this.resume();
    this.response.once('drain', this.#onDrain);
  }

  /** Lets the source go on: the client has caught up, or is gone and the rest is only counted. */
  resume(): void {
    if (this.stalledSinceMs === undefined) return;
    this.stalledSinceMs = undefined;
    this.#source?.resume();
  }

  /** Sends a whole answer. As text it goes out in one piece with its headers, which costs a third less than two. */
  sendWhole(status: number, headers: string[], body: Buffer): void {
    if (this.isGone) return;
    this.response.writeHead(status, headers);
    if (body.length <= maxTextBytes) this.response.end(body.toString('latin1'), 'latin1');
    else this.response.end(body);
  }

  /** Writes the last bytes and ends the answer. */
  end(bytes?: Buffer): void {
    if (this.isGone) return;
    if (bytes && bytes.length > 0) this.response.end(bytes);
    else this.response.end();
  }
}
