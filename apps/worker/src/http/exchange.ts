import type { Protocol } from '@ai-bridge/domain';
import type { HttpRequest } from '../http1/http-request.ts';
import type { HttpResponse } from '../http1/http-response.ts';

/** One client request and the answer being written to it: what arrived, before anything was made of it. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly requestId: string;
  /** The protocol that errors are told in. */
  readonly protocol: Protocol;
  /** The endpoint's path in its canonical form, without query: /v1/messages, /v1beta/models/{model}:generateContent. */
  readonly endpoint: string;
  /** Query string with its question mark, or empty; never with a key in it that we were meant to read. */
  readonly query: string;
  /** Keys that a Gemini client put into the query. Secret: only for authentication. */
  readonly queryKeys: readonly string[];
  /** Where people find the console; undefined where that is not known. */
  readonly consoleUrl: string | undefined;
  /** Wall time of arrival. */
  readonly createdAtMs: number;
  /** Monotonic time of arrival. */
  readonly startedAtMs: number;
  /** It was refused because the relay is held for maintenance. */
  isHeld: boolean;
}
