import type { RelayError, Usage } from '@ai-bridge/domain';
import { renderStreamError, type StreamErrorContext } from '../errors/render.ts';
import { parseObjectText } from '../json/parse.ts';
import type { AnswerContext, Codec, Decoder, Encoder } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import type { UpstreamError } from '../stream/reader.ts';
import { nextSequenceNumber } from '../stream/response-so-far.ts';
import { createStreamTap, type StreamPhase, type StreamTap } from '../stream/tap.ts';
import { SameShape } from './same-shape.ts';

/** From whose words into whose an answer is put. */
export interface Conversion {
  /** What the upstream speaks, and who it is. */
  readonly from: Codec;
  readonly origin: Origin;
  /** What the client speaks, and what its answer says besides. */
  readonly to: Codec;
  readonly context: AnswerContext;
  /** A client that asked for a stream, but for one JSON array of it (Gemini without alt=sse). */
  readonly isArray: boolean;
}

const empty = Buffer.alloc(0);

/**
 * The tap of a stream that is put into another protocol on its way: metering, error and terminal events are the upstream stream's own,
 * what comes out are whole events of the client's protocol. Holds no more than the tap does, and what a codec keeps of an open block.
 */
export function createStreamConverter(conversion: Conversion): StreamTap {
  return new StreamConverter(conversion);
}

class StreamConverter implements StreamTap {
  readonly #tap: StreamTap;
  readonly #decoder: Decoder;
  readonly #encoder: Encoder;
  readonly #shape: SameShape;
  readonly #to: Codec;
  #ownError: UpstreamError | undefined;
  #hasEnded = false;

  constructor({ from, origin, to, context }: Conversion) {
    this.#tap = createStreamTap(from.protocol, { stripUsageChunk: false });
    this.#decoder = from.createDecoder(origin);
    this.#encoder = to.createEncoder(context);
    this.#shape = new SameShape(this.#decoder);
    this.#to = to;
  }

  get phase(): StreamPhase {
    return this.#tap.phase;
  }

  get error(): UpstreamError | undefined {
    return this.#tap.error ?? this.#ownError;
  }

  get complete(): boolean {
    return this.#tap.complete && this.#ownError === undefined;
  }

  get usageIsFinal(): boolean {
    return this.#tap.usageIsFinal;
  }

  usage(): Usage | undefined {
    return this.#tap.usage();
  }

  deliveredOutputTokens(): number {
    return this.#tap.deliveredOutputTokens();
  }

  errorEvent(error: RelayError, context: StreamErrorContext, sent: Buffer): Buffer {
    const { fail } = this.#encoder;
    if (!fail) return renderStreamError(this.#to.protocol, error, context);
    const sequenceNumber = nextSequenceNumber(sent);
    return Buffer.from(fail.call(this.#encoder, error, { ...context, ...(sequenceNumber && { sequenceNumber }) }));
  }

  push(chunk: Buffer): Buffer {
    return this.#converted(this.#tap.push(chunk));
  }

  end(): Buffer {
    return this.#converted(this.#tap.end());
  }

  takeTerminal(): Buffer {
    let text = this.#text(this.#tap.takeTerminal());
    if (this.#tap.complete && !this.error) text += this.#guarded(() => this.#encoded(this.#decoder.end()));
    // A fault of the conversion's own: the client is told like of any other.
    const fault = this.#ownError;
    if (fault && !this.#hasEnded) text += this.#guarded(() => this.#encoded([{ type: 'error', error: fault }]));
    return text === '' ? empty : Buffer.from(text);
  }

  /** The tap lets whole events through, in as many pieces as they came in. */
  #converted(passed: Buffer | readonly Buffer[]): Buffer {
    const bytes = Buffer.isBuffer(passed) ? passed : Buffer.concat(passed);
    if (bytes.length === 0) return empty;
    const text = this.#text(bytes);
    return text === '' ? empty : Buffer.from(text);
  }

  #text(bytes: Buffer): string {
    return this.#guarded(() => this.#convertedText(bytes));
  }

  /** A mistake of a codec's must end this stream, not the process. */
  #guarded(work: () => string): string {
    try {
      return work();
    } catch (error) {
      this.#ownError = { type: 'conversion_failed', message: String(error) };
      return '';
    }
  }

  #convertedText(bytes: Buffer): string {
    const source = bytes.toString('latin1');
    const shape = this.#shape;
    let text = '';
    let isCaughtUp = true;
    let start = 0;
    for (let at = 0; at < source.length && !this.#hasEnded && !this.#ownError; ) {
      if (shape.matches(source, at) && this.#decoder.more(shape.text)) {
        text += this.#encoder.delta(shape.text, shape.json);
        isCaughtUp = false;
        start = at;
        at = shape.end;
        continue;
      }
      if (!isCaughtUp) this.#catchUp(bytes, start, at);
      isCaughtUp = true;
      const end = eventEnd(bytes, at, true);
      if (end === -1) {
        // The tap lets only whole events through, but for those that it gave up on.
        this.#ownError = { type: 'event_too_large', message: 'the upstream sent an event too large to convert' };
        break;
      }
      text += this.#decoded(bytes, at, end);
      at = end;
    }
    if (!isCaughtUp) this.#catchUp(bytes, start, shape.end);
    shape.release();
    return text;
  }

  #decoded(bytes: Buffer, start: number, end: number): string {
    const events = this.#decoder.decode(parseEvent(bytes, start, end));
    const [first] = events;
    if (events.length === 1 && first?.type === 'delta') this.#shape.learn(bytes, start, end, first.text);
    else this.#shape.forget();
    return this.#encoded(events);
  }

  #catchUp(bytes: Buffer, start: number, end: number): void {
    if (!this.#decoder.catchUp) return;
    const data = parseObjectText(parseEvent(bytes, start, end).data ?? '');
    if (data) this.#decoder.catchUp(data);
  }

  #encoded(events: readonly NeutralEvent[]): string {
    let text = '';
    for (const event of events) {
      if (this.#hasEnded) break;
      text += this.#encoder.encode(event);
      if (event.type === 'error') this.#ownError ??= event.error;
      if (event.type === 'end' || event.type === 'error') this.#hasEnded = true;
    }
    return text;
  }
}
