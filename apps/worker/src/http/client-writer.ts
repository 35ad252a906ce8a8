import type { DirectResponse } from './direct-response.ts';
import type { HeaderLines } from './header-lines.ts';

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
  readonly response: DirectResponse;
  /** Monotonic time since which the client has not taken what was written; undefined while it keeps up. */
  stalledSinceMs: number | undefined;
  #source: Source | undefined;
  #onDrain: (() => void) | undefined;

  constructor(response: DirectResponse) {
    this.response = response;
  }

  get isGone(): boolean {
    return this.response.destroyed;
  }

  /** Sends status and headers. */
  open(status: number, headers: HeaderLines): void {
    if (!this.isGone) this.response.begin(status, headers);
  }

  /** Writes bytes; pauses `source` until the client has taken them if it lags. */
  write(bytes: Buffer, source: Source, nowMs: number): void {
    if (this.isGone || bytes.length === 0) return;
    if (this.response.send(bytes) || this.stalledSinceMs !== undefined) return;
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

  /** Sends a whole answer. */
  sendWhole(status: number, headers: HeaderLines, body: Buffer): void {
    if (this.isGone) return;
    this.response.begin(status, headers, body.length);
    this.response.finish(body);
  }

  /** Writes the last bytes and ends the answer. */
  end(bytes?: Buffer): void {
    if (!this.isGone) this.response.finish(bytes);
  }
}
