import { type Dispatcher, errors } from 'undici';
import type { AnswerControl, AnswerSink } from '../answer-sink.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import type { UpstreamRequest } from './upstream-request.ts';

/** What an answer that `request` resolves with has as its context. */
export interface AnswerContext {
  /** Monotonic time at which a connection stood that the request could go out on. */
  readonly connectedAtMs: number;
}

/** undici's older kind of handler, which its own `request` is one of. */
interface Handler
  extends Required<Pick<Dispatcher.DispatchHandler, 'onHeaders' | 'onData' | 'onComplete' | 'onError'>> {
  onConnect(abort: (reason?: Error) => void, context: AnswerContext): void;
}

/** Hands an answer to a handler of undici's, and keeps the times that go with the request. */
export class UndiciAnswer implements AnswerSink {
  readonly request: UpstreamRequest;
  readonly #handler: Handler;
  readonly #headersTimeoutMs: number;
  readonly #bodyTimeoutMs: number;
  #control: AnswerControl | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isPaused = false;

  constructor(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
    this.request = requestOf(options);
    this.#handler = handler as unknown as Handler;
    this.#headersTimeoutMs = options.headersTimeout ?? 0;
    this.#bodyTimeoutMs = options.bodyTimeout ?? 0;
  }

  onStart(control: AnswerControl): void {
    this.#control = control;
    this.#startTimer(this.#headersTimeoutMs, () => new errors.HeadersTimeoutError());
    const abort = (reason?: Error) => control.abort(reason ?? new errors.RequestAbortedError());
    this.#handler.onConnect(abort, { connectedAtMs: performance.now() });
  }

  onHead(status: number, _headers: ResponseHeaders, lines: string): void {
    this.#startTimer(this.#bodyTimeoutMs, () => new errors.BodyTimeoutError());
    const resume = () => this.#resume();
    if (!this.#handler.onHeaders(status, rawHeaders(lines), resume, '')) this.#pause();
  }

  onData(chunk: Buffer): void {
    this.#timer?.refresh();
    if (!this.#handler.onData(chunk)) this.#pause();
  }

  onEnd(): void {
    clearTimeout(this.#timer);
    this.#handler.onComplete([]);
  }

  onError(error: Error): void {
    clearTimeout(this.#timer);
    this.#handler.onError(error);
  }

  #pause(): void {
    this.#isPaused = true;
    this.#control?.pause();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#timer?.refresh();
    this.#control?.resume();
  }

  #startTimer(forMs: number, late: () => Error): void {
    clearTimeout(this.#timer);
    this.#timer = forMs > 0 ? setTimeout(() => this.#tooLate(late), forMs) : undefined;
  }

  #tooLate(late: () => Error): void {
    // Whoever is kept from sending cannot be late.
    if (this.#isPaused) this.#timer?.refresh();
    else this.#control?.abort(late());
  }
}

function requestOf({ method, path, headers, body }: Dispatcher.DispatchOptions): UpstreamRequest {
  return { method, path, headers: flat(headers), body: bodyOf(body) };
}

function flat(headers: Dispatcher.DispatchOptions['headers']): readonly string[] {
  if (Array.isArray(headers)) return headers as string[];
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [name.toLowerCase(), String(value)],
  );
}

function bodyOf(body: Dispatcher.DispatchOptions['body']): UpstreamRequest['body'] {
  if (body === null || body === undefined) return undefined;
  if (typeof body === 'string') return Buffer.from(body);
  return body as Buffer | AsyncIterable<Uint8Array>;
}

/** Names and values in turn. */
function rawHeaders(lines: string): Buffer[] {
  if (lines === '') return [];
  return lines.split('\r\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return [Buffer.from(line.slice(0, colon), 'latin1'), Buffer.from(line.slice(colon + 1).trim(), 'latin1')];
  });
}
