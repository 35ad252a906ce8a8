import type { RelayError, Usage } from '@ai-bridge/domain';
import { renderStreamError, type StreamErrorContext } from '../errors/render.ts';
import { parseObjectText } from '../json/parse.ts';
import type { AnswerContext, Codec, Decoder, Encoder } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import type { UpstreamError } from '../stream/reader.ts';
import { nextSequenceNumber } from '../stream/response-so-far.ts';
import { createStreamTap, type SkippingTap, type StreamPhase, type StreamTap } from '../stream/tap.ts';
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
const nothing: readonly NeutralEvent[] = [];

/**
 * The tap of a stream that is put into another protocol on its way: metering, error and terminal events are the upstream stream's own,
 * what comes out are whole events of the client's protocol. Holds no more than the tap does, and what a codec keeps of an open block.
 */
export function createStreamConverter(conversion: Conversion): ConvertingTap {
  return new StreamConverter(conversion);
}

/** A tap that lets the client's own words through. */
export interface ConvertingTap extends StreamTap {
  push(chunk: Buffer): string;
  end(): Buffer;
  takeTerminal(): string;
}

class StreamConverter implements ConvertingTap {
  readonly #tap: SkippingTap;
  readonly #decoder: Decoder;
  readonly #encoder: Encoder;
  readonly #shape: SameShape;
  /** Output tokens that the tap counts for each event of that shape. */
  #tokensOfShape = 0;
  /** What the event that was decoded last came to. */
  #decoded: readonly NeutralEvent[] = nothing;
  /** How much of the chunk under way is taken. */
  #at = 0;
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

  push(chunk: Buffer): string {
    this.#at = 0;
    const text = this.#guarded(() => this.#taken(chunk));
    this.#shape.release();
    // The beginning of an event, or what comes behind the end of the answer.
    const rest = this.#at < chunk.length ? this.#through(chunk.subarray(this.#at)) : '';
    return text + rest;
  }

  end(): Buffer {
    return bytesOf(this.#text(joined(this.#tap.end())));
  }

  takeTerminal(): string {
    let text = this.#text(this.#tap.takeTerminal());
    if (this.#tap.complete && !this.error) text += this.#guarded(() => this.#encoded(this.#decoder.end()));
    // A fault of the conversion's own: the client is told like of any other.
    const fault = this.#ownError;
    if (fault && !this.#hasEnded) text += this.#guarded(() => this.#encoded([{ type: 'error', error: fault }]));
    return text;
  }

  /** Takes the whole events of a chunk: those like the last one by their shape, all others through the tap, one by one. */
  #taken(chunk: Buffer): string {
    let text = '';
    if (!this.#tap.isOpen) {
      const end = eventEnd(chunk, 0, false);
      this.#at = end === -1 ? chunk.length : end;
      text = this.#through(chunk.subarray(0, this.#at));
    }
    const source = chunk.toString('latin1');
    while (this.#tap.isOpen && !this.#hasEnded && !this.#ownError) {
      text += this.#run(chunk, source);
      const end = eventEnd(chunk, this.#at, true);
      if (end === -1) break;
      const start = this.#at;
      this.#at = end;
      text += this.#one(chunk.subarray(start, end));
    }
    return text;
  }

  /** Events of the shape that is known, as far as there are any. The tap reads the last of them, and knows by that of the others. */
  #run(chunk: Buffer, source: string): string {
    const shape = this.#shape;
    let text = '';
    let count = 0;
    let start = this.#at;
    try {
      while (shape.matches(source, this.#at) && this.#decoder.more(shape.text)) {
        start = this.#at;
        this.#at = shape.end;
        count++;
        text += this.#encoder.delta(shape.text, shape.json);
      }
    } finally {
      if (count > 0) this.#readLast(chunk.subarray(start, this.#at), count);
    }
    return text;
  }

  #readLast(event: Buffer, count: number): void {
    this.#tap.skip((count - 1) * this.#tokensOfShape);
    this.#tap.push(event);
    if (!this.#decoder.catchUp) return;
    const data = parseObjectText(parseEvent(event, 0, event.length).data ?? '');
    if (data) this.#decoder.catchUp(data);
  }

  /** A whole event, which is learned from where it only went on with a text. */
  #one(event: Buffer): string {
    const before = this.#tap.deliveredOutputTokens();
    const text = this.#through(event);
    const [first] = this.#decoded;
    if (this.#decoded.length === 1 && first?.type === 'delta' && this.#tap.isOpen) {
      this.#tokensOfShape = this.#tap.deliveredOutputTokens() - before;
      this.#shape.learn(event, first.text);
    }
    return text;
  }

  /** What comes out of the tap for these bytes, converted: whole events, in as many pieces as they came in. */
  #through(bytes: Buffer): string {
    this.#shape.forget();
    this.#decoded = nothing;
    return this.#text(joined(this.#tap.push(bytes)));
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
    let text = '';
    for (let at = 0; at < bytes.length && !this.#hasEnded && !this.#ownError; ) {
      const end = eventEnd(bytes, at, true);
      if (end === -1) {
        // The tap lets only whole events through, but for those that it gave up on.
        this.#ownError = { type: 'event_too_large', message: 'the upstream sent an event too large to convert' };
        break;
      }
      this.#decoded = this.#decoder.decode(parseEvent(bytes, at, end));
      text += this.#encoded(this.#decoded);
      at = end;
    }
    return text;
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

function joined(passed: Buffer | readonly Buffer[]): Buffer {
  return Buffer.isBuffer(passed) ? passed : Buffer.concat(passed);
}

function bytesOf(text: string): Buffer {
  return text === '' ? empty : Buffer.from(text);
}
