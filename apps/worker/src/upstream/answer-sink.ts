import type { ResponseHeaders } from './response-headers.ts';

/** The upstream's side of an answer that comes in. */
export interface AnswerControl {
  /** Nothing more is read off the connection until `resume`. */
  pause(): void;
  resume(): void;
  /** Gives the request up, and its connection. */
  abort(reason: Error): void;
}

/** What takes an answer in: start, head, data, and then either end or error, once. */
export interface AnswerSink {
  /** There is a connection; the request goes out on it next, unless it is given up here. */
  onStart(control: AnswerControl): void;
  /** @param lines all header lines as they came, latin1, for whoever wants more than is looked at as a rule */
  onHead(status: number, headers: ResponseHeaders, lines: string): void;
  onData(chunk: Buffer): void;
  onEnd(): void;
  onError(error: Error): void;
}
