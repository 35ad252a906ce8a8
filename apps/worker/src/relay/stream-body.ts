import type { RelayError, Usage } from '@ai-bridge/domain';
import type { Passed, Piece, StreamErrorContext, StreamTap } from '@ai-bridge/protocol';
import type { AnswerBody, BodyEnd } from './answer-body.ts';
import { joined } from './passed.ts';

/** More than this before the first content is not a preamble any more. */
const maxPreambleBytes = 64 * 1024;
const noBytes = Buffer.alloc(0);

/**
 * An event stream on its way to the client, through a tap that reads the few events that matter. Nothing goes out before the
 * first content, so that an error inside a 200 can still be tried elsewhere; the terminal event is held until the end.
 */
export class StreamBody implements AnswerBody {
  hasBegun = false;
  readonly #tap: StreamTap;
  #preamble: Piece = noBytes;

  /** @param tap lets bytes through unchanged, or puts them into another protocol */
  constructor(tap: StreamTap) {
    this.#tap = tap;
  }

  /** The terminal event was seen, of an answer that did not fail. */
  get isWhole(): boolean {
    return this.#tap.complete && !this.#tap.error;
  }

  get error() {
    return this.#tap.error;
  }

  push(chunk: Buffer): Passed | undefined {
    const out = this.#tap.push(chunk);
    if (this.hasBegun) return out;
    this.#preamble = joined(this.#preamble, out);
    if (this.#tap.error && this.#tap.phase === 'preamble') return undefined;
    if (this.#tap.phase === 'preamble' && this.#preamble.length < maxPreambleBytes) return undefined;
    return this.openEarly();
  }

  openEarly(): Piece {
    this.hasBegun = true;
    const preamble = this.#preamble;
    this.#preamble = noBytes;
    return preamble;
  }

  deliveredOutputTokens(): number {
    return this.#tap.deliveredOutputTokens();
  }

  reported(): Usage | undefined {
    return this.#tap.usage();
  }

  /** The last event of a stream that we end, for behind the bytes that were sent last. */
  errorEvent(error: RelayError, context: StreamErrorContext, sent: Buffer): Buffer {
    return this.#tap.errorEvent(error, context, sent);
  }

  end(isProper: boolean): BodyEnd {
    const rest = isProper ? this.#tap.end() : [];
    const { isWhole } = this;
    const held = this.#tap.takeTerminal();
    return {
      isWhole,
      reported: this.#tap.usage(),
      isFinal: this.#tap.usageIsFinal,
      noAnswer: this.hasBegun ? undefined : this.#whyNoAnswer(held),
      rest: Buffer.isBuffer(rest) ? [rest] : rest,
      held,
    };
  }

  #whyNoAnswer(held: Piece): string | undefined {
    if (this.#tap.error) return this.#tap.error.type;
    return held.length === 0 ? 'the stream ended before it began' : undefined;
  }
}
