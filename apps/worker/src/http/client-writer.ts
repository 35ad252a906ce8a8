import type { Piece } from '@ai-bridge/protocol';
import type { HeaderLines } from '../http1/header-lines.ts';
import type { HttpResponse } from '../http1/http-response.ts';

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
  readonly response: HttpResponse;
  /** Monotonic time since which the client has not taken what was written; undefined while it keeps up. */
  stalledSinceMs: number | undefined;
  #source: Source | undefined;

  constructor(response: HttpResponse) {
    this.response = response;
  }

  get isGone(): boolean {
    return this.response.isGone;
  }

  /** Sends status and headers. */
  open(status: number, headers: HeaderLines): void {
    if (!this.isGone) this.response.begin(status, headers);
  }

  /** Writes bytes, or text; pauses `source` until the client has taken them if it lags. */
  write(piece: Piece, source: Source, nowMs: number): void {
    if (this.isGone || piece.length === 0) return;
    if (this.response.send(piece) || this.stalledSinceMs !== undefined) return;
    this.stalledSinceMs = nowMs;
    this.#source = source;
    source.pause();
    this.response.whenDrained(() => this.resume());
  }

  /** Lets the source go on: the client has caught up, or is gone and the rest is only counted. */
  resume(): void {
    if (this.stalledSinceMs === undefined) return;
    this.stalledSinceMs = undefined;
    this.#source?.resume();
  }

  /** Sends a whole answer. */
  sendWhole(status: number, headers: HeaderLines, body: Piece): void {
    if (!this.isGone) this.response.answer(status, headers, body);
  }

  /** Writes the last bytes and ends the answer. */
  end(piece: Piece): void {
    if (!this.isGone) this.response.finish(piece);
  }
}
