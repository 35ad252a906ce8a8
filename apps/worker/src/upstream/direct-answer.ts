import type { Dispatcher } from 'undici';
import { type ResponseHeaders, wantedHeaders } from './response-headers.ts';

/** The upstream's side of an answer that comes in. */
export interface AnswerControl {
  /** Nothing more is read off the connection until `resume`. */
  pause(): void;
  resume(): void;
  /** Gives the request up, and its connection. */
  abort(reason: Error): void;
}

/** What takes an answer in. */
export interface AnswerSink {
  onStart(control: AnswerControl): void;
  onHead(status: number, headers: ResponseHeaders): void;
  onData(chunk: Buffer): void;
  onEnd(): void;
  onError(error: Error): void;
}

/**
 * Brings an answer from undici to its sink by undici's older interface, which hands headers over as they came: providers send some thirty,
 * of which a handful is looked at, and the newer one makes text of them all, twice per answer.
 */
export class DirectAnswer implements Dispatcher.DispatchHandler, AnswerControl {
  readonly #sink: AnswerSink;
  #isPaused = false;
  #resume: (() => void) | undefined;
  #abort: ((reason: Error) => void) | undefined;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#abort = abort;
    this.#sink.onStart(this);
  }

  onHeaders(status: number, headers: Buffer[], resume: () => void): boolean {
    this.#resume = resume;
    this.#sink.onHead(status, wantedHeaders(headers));
    return !this.#isPaused;
  }

  onData(chunk: Buffer): boolean {
    this.#sink.onData(chunk);
    return !this.#isPaused;
  }

  onComplete(): void {
    this.#sink.onEnd();
  }

  onError(error: Error): void {
    this.#sink.onError(error);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#resume?.();
  }

  abort(reason: Error): void {
    const abort = this.#abort;
    this.#abort = undefined;
    abort?.(reason);
  }
}
