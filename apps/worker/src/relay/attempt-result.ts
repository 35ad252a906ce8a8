import type { Usage } from '@ai-bridge/domain';
import type { Piece } from '@ai-bridge/protocol';
import type { ResponseHeaders } from '../upstream/response-headers.ts';
import type { Failure } from './failure.ts';
import type { AnswerEnd } from './settlement.ts';
import type { StreamBody } from './stream-body.ts';

/** What came of an attempt. */
export type AttemptResult =
  /** Nothing went to the client: another channel may be tried. */
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly status: number | undefined;
      /** What the upstream says that it used all the same. */
      readonly reported: Usage | undefined;
    }
  /** The upstream says that the client's request is wrong: its words go to the client. */
  | { readonly kind: 'refused'; readonly status: number; readonly headers: ResponseHeaders; readonly body: Buffer }
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: ResponseHeaders;
      readonly end: AnswerEnd;
      /** Bytes that go out once the outcome is durable. */
      readonly held: Piece;
      /** Status and headers have gone out. */
      readonly isOpen: boolean;
      /** The event stream that was taken in; undefined where the answer came whole. */
      readonly stream: StreamBody | undefined;
      /** The bytes of it that went out last. */
      readonly lastSent: Buffer;
      readonly firstByteMs: number | undefined;
      /** The answer was cut short; the client is told so. */
      readonly cut: 'upstream' | 'timeout' | 'funds' | undefined;
      readonly error: string | undefined;
      /** The upstream told the client itself, by an error event of its own. */
      readonly hasUpstreamError: boolean;
    };
