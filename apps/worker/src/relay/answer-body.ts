import type { Usage } from '@ai-bridge/domain';
import type { Passed, Piece } from '@ai-bridge/protocol';

/** What a body's bytes came to. `held` is what goes to the client only once the outcome is durable. */
export interface BodyEnd {
  /** The upstream finished as its protocol says a finished answer looks. */
  readonly isWhole: boolean;
  readonly reported: Usage | undefined;
  readonly isFinal: boolean;
  /** Why this is no answer at all, told while nothing of it has gone out; undefined where it is one. */
  readonly noAnswer: string | undefined;
  /** Bytes that may go to the client at once. */
  readonly rest: readonly Buffer[];
  readonly held: Piece;
}

/** A way of taking in an upstream's answer: event stream, whole JSON, or bytes that mean nothing to us. */
export interface AnswerBody {
  /** Takes a chunk; returns what may go to the client now, or undefined for nothing yet. */
  push(chunk: Buffer): Passed | undefined;
  /** Whether the answer has begun: until then nothing went to the client and another channel may still be tried. */
  readonly hasBegun: boolean;
  /** Lets what is held before the first content go out, because waiting longer would be worse. */
  openEarly(): Piece | undefined;
  /** An error that the upstream reported inside an answer of status 200, before or after its content. */
  readonly error: { readonly type: string; readonly message: string } | undefined;
  /** Lower bound of the output tokens taken in so far. */
  deliveredOutputTokens(): number;
  /** What is known of the usage by now. */
  reported(): Usage | undefined;
  /** @param isProper the upstream ended its answer, rather than breaking off or being cut by us */
  end(isProper: boolean): BodyEnd;
}

/** The end of a body that was never taken in. */
export const nothingTaken: BodyEnd = {
  isWhole: false,
  reported: undefined,
  isFinal: false,
  noAnswer: undefined,
  rest: [],
  held: Buffer.alloc(0),
};
