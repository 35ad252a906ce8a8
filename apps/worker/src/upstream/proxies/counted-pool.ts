import type { buildConnector } from 'undici';
import type { AnswerControl, AnswerSink } from '../answer-sink.ts';
import { OriginPool } from '../http1/origin-pool.ts';
import type { UpstreamRequest } from '../http1/upstream-request.ts';
import type { ResponseHeaders } from '../response-headers.ts';

/** What keeps count of the requests. */
interface Counted {
  inFlight: number;
  requests: number;
  failed(origin: string, error: Error): void;
}

/** Errors of a connection that was open: whether the proxy or what is behind it broke off, nobody can tell. */
const brokenCodes = new Set(['ANSWER_CUT', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** A pool that counts its requests in and out, and tells of connections that broke under them. */
export class CountedPool extends OriginPool {
  readonly #counted: Counted;
  readonly #origin: string;

  constructor(origin: string, connect: buildConnector.connector, counted: Counted) {
    super(origin, connect);
    this.#origin = origin;
    this.#counted = counted;
  }

  override send(request: UpstreamRequest, sink: AnswerSink): void {
    const counting = new CountingSink(sink, this.#counted, this.#origin);
    try {
      super.send(request, counting);
    } catch (error) {
      counting.countOut();
      throw error;
    }
  }
}

class CountingSink implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #counted: Counted;
  readonly #origin: string;
  #isUnderWay = true;

  constructor(sink: AnswerSink, counted: Counted, origin: string) {
    this.#sink = sink;
    this.#counted = counted;
    this.#origin = origin;
    counted.inFlight++;
    counted.requests++;
  }

  onStart(control: AnswerControl): void {
    this.#sink.onStart(control);
  }

  onHead(status: number, headers: ResponseHeaders, lines: string): void {
    this.#sink.onHead(status, headers, lines);
  }

  onData(chunk: Buffer): void {
    this.#sink.onData(chunk);
  }

  onEnd(): void {
    this.countOut();
    this.#sink.onEnd();
  }

  onError(error: Error): void {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (this.#isUnderWay && brokenCodes.has(code)) this.#counted.failed(this.#origin, error);
    this.countOut();
    this.#sink.onError(error);
  }

  countOut(): void {
    if (!this.#isUnderWay) return;
    this.#isUnderWay = false;
    this.#counted.inFlight--;
  }
}
