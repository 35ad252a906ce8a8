import type { Protocol, RelayError, Usage } from '@ai-bridge/domain';
import { renderStreamError, type StreamErrorContext } from '../errors/render.ts';
import { AnthropicReader } from './anthropic.ts';
import { ChatReader } from './chat.ts';
import { endsAtLineStart, eventEnd, parseEvent } from './events.ts';
import { GeminiReader } from './gemini.ts';
import type { EventReader, UpstreamError } from './reader.ts';
import { ResponsesReader } from './responses.ts';

/** A larger event is passed on piece by piece and no longer metered. */
export const maxEventBytes = 4 * 1024 * 1024;
/** What an upstream sends behind its terminal event is kept up to here; none sends anything that matters. */
export const maxHeldBytes = 4 * 1024 * 1024;
/** As much of an oversized event as it takes to read its name. */
const oversizedBeginningBytes = 256;
/** With less than this behind an event, each of the next is read by itself. */
const leastRunBytes = 1_024;
/** Larger pieces are of long texts, which reading each costs little; as strings they would fill the heap. */
const mostRunBytes = 16 * 1_024;
/** Smaller pieces are copied, so that waiting for the rest of an event does not keep a whole read buffer alive. */
const copiedPieceBytes = 8_192;

/** Nothing of the answer has come yet; some has; the terminal event has. */
export type StreamPhase = 'preamble' | 'content' | 'terminal';

/**
 * The side tap of a stream that passes through unchanged. It lets whole events through only, so that an error event can
 * be put behind whatever was let through, and keeps back the terminal event until the outcome is safe on disk.
 */
export interface StreamTap {
  /** @param chunk the next bytes of the upstream's answer */
  push(chunk: Buffer): Passed;
  /**
   * To be called when the upstream ended its answer properly: judges an event that lacks its blank line.
   * @returns what else may go to the client, as `push`
   */
  end(): Buffer | readonly Buffer[];
  readonly phase: StreamPhase;
  /** The upstream's own error event. Its bytes are kept back like a terminal event's; `takeTerminal` has them. */
  readonly error: UpstreamError | undefined;
  /** Whether the terminal event was seen whole: the answer is complete (or failed, see `error`). */
  readonly complete: boolean;
  /** The terminal event (message_stop, [DONE], response.completed ..., the last Gemini chunk) and all behind it. Takes it once. */
  takeTerminal(): Piece;
  /** What the upstream has reported so far; undefined where nothing. */
  usage(): Usage | undefined;
  /** Whether that report covers the whole output. If not, the output is the larger of it and `deliveredOutputTokens`. */
  readonly usageIsFinal: boolean;
  /** Tokens that went by so far, never more than there were: deltas are at least a token each. */
  deliveredOutputTokens(): number;
  /**
   * The last event of a stream that the relay has to end: an error in the client's protocol, for behind what went out.
   * @param sent the bytes that went out last, whole events: what was let through may not all have been sent
   */
  errorEvent(error: RelayError, context: StreamErrorContext, sent: Buffer): Buffer;
}

/**
 * What may go to the client now: usually the very same chunk; several buffers where something was cut out; the text, where it was put into
 * another protocol.
 */
export type Passed = Piece | readonly Buffer[];

/** Bytes as they came, or the text that a conversion made: what goes to the client is its UTF-8. */
export type Piece = Buffer | string;

export interface StreamTapOptions {
  /** Cut out the chat chunk that has the usage and no choices: the relay asked for it, not the client. */
  readonly stripUsageChunk: boolean;
}

export function createStreamTap(protocol: Protocol, options: StreamTapOptions): SkippingTap {
  return new Tap(protocol, createReader(protocol, options));
}

function createReader(protocol: Protocol, { stripUsageChunk }: StreamTapOptions): EventReader {
  switch (protocol) {
    case 'anthropic-messages':
      return new AnthropicReader();
    case 'openai-chat':
      return new ChatReader(stripUsageChunk);
    case 'openai-responses':
      return new ResponsesReader();
    case 'gemini':
      return new GeminiReader();
  }
}

/** A tap whose reader of the events sees some of them first. */
export interface SkippingTap extends StreamTap {
  push(chunk: Buffer): Buffer | readonly Buffer[];
  takeTerminal(): Buffer;
  /** Whether the next byte begins an event that would go on to the client, as far as those before it tell. */
  readonly isOpen: boolean;
  /** Counts content that is known without being read: events that are like one before, but for their text. */
  skip(contentEvents: number): void;
}

class Tap implements SkippingTap {
  phase: StreamPhase = 'preamble';
  complete = false;
  readonly #protocol: Protocol;
  readonly #reader: EventReader;
  /** The pieces of an event whose end has not come. */
  #pieces: Buffer[] = [];
  #piecesBytes = 0;
  #atLineStart = true;
  /** Inside an event too large to keep; whether that event is the terminal one. */
  #oversized: 'no' | 'plain' | 'terminal' = 'no';
  /** From the terminal or error event on. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #holding = false;

  constructor(protocol: Protocol, reader: EventReader) {
    this.#protocol = protocol;
    this.#reader = reader;
  }

  get error(): UpstreamError | undefined {
    return this.#reader.error;
  }

  get usageIsFinal(): boolean {
    return this.#reader.usageIsFinal;
  }

  get isOpen(): boolean {
    return !this.#holding && this.#piecesBytes === 0 && this.#oversized === 'no';
  }

  skip(contentEvents: number): void {
    this.#reader.contentEvents += contentEvents;
  }

  usage(): Usage | undefined {
    return this.#reader.usage();
  }

  deliveredOutputTokens(): number {
    return this.#reader.contentEvents;
  }

  errorEvent(error: RelayError, context: StreamErrorContext, sent: Buffer): Buffer {
    const event = renderStreamError(this.#protocol, error, { ...context, ...this.#reader.repeated?.(sent) });
    // Half of an event too large to keep has gone out: it must end before another begins.
    return this.#oversized === 'no' ? event : Buffer.concat([Buffer.from('\n\n'), event]);
  }

  push(chunk: Buffer): Buffer | readonly Buffer[] {
    const out: Buffer[] = [];
    let at = this.#piecesBytes === 0 && this.#oversized === 'no' ? 0 : this.#resume(chunk, out);
    // The bytes from here to `at` go on as they are.
    let passFrom = at;
    const mayRun = this.#reader.run !== undefined && chunk.length <= mostRunBytes;
    let source: string | undefined;
    while (at < chunk.length) {
      const end = eventEnd(chunk, at, true);
      if (end === -1) break;
      if (!this.#letsThrough(chunk, at, end, out, passFrom)) passFrom = end;
      at = end;
      if (!mayRun || this.#holding || this.phase !== 'content' || chunk.length - at < leastRunBytes) continue;
      source ??= chunk.toString('latin1');
      at = this.#reader.run?.(source, at) ?? at;
    }
    if (passFrom === 0 && at === chunk.length) return chunk;
    if (at > passFrom) out.push(chunk.subarray(passFrom, at));
    if (at < chunk.length) this.#keep(chunk.subarray(at), out);
    return out.length === 1 ? (out[0] as Buffer) : out;
  }

  end(): Buffer | readonly Buffer[] {
    const out: Buffer[] = [];
    if (this.#oversized === 'no' && this.#piecesBytes > 0) {
      const event = Buffer.concat([...this.#pieces, Buffer.from('\n\n')]);
      // What was cut off in the middle is of no use to anyone.
      if (isWhole(event) && this.#letsThrough(event, 0, event.length, out, 0)) out.push(event);
    }
    this.#clearPieces();
    if (this.#reader.isWholeWithoutTerminal && this.error === undefined) this.#finish();
    return out;
  }

  takeTerminal(): Buffer {
    const held = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }

  /**
   * Judges a whole event. Where it may not go on, what stands before it is put out, and it is held or dropped.
   * @returns whether it may go on
   */
  #letsThrough(buffer: Buffer, start: number, end: number, out: Buffer[], passFrom: number): boolean {
    const verdict = this.#reader.read(buffer, start, end);
    if (verdict === 'content' && this.phase === 'preamble') this.phase = 'content';
    if (!this.#holding && (verdict === 'pass' || verdict === 'content')) return true;
    if (start > passFrom) out.push(buffer.subarray(passFrom, start));
    if (verdict === 'terminal') {
      if (this.#reader.terminalMayRepeat) this.#releaseHeld(out);
      this.#finish();
    }
    if (verdict === 'error') this.#holding = true;
    if (verdict !== 'drop') this.#hold(buffer.subarray(start, end), out);
    return false;
  }

  #finish(): void {
    // A failure before any of the answer leaves the phase as it is: another upstream may still be tried.
    if (this.phase === 'content' || this.error === undefined) this.phase = 'terminal';
    this.complete = true;
    this.#holding = true;
  }

  #hold(piece: Buffer, out: Buffer[]): void {
    if (this.#heldBytes + piece.length > maxHeldBytes && this.#heldBytes > 0) {
      if (!this.#reader.terminalMayRepeat) return;
      this.#releaseHeld(out);
    }
    this.#held.push(piece);
    this.#heldBytes += piece.length;
  }

  #releaseHeld(out: Buffer[]): void {
    out.push(...this.#held);
    this.#held = [];
    this.#heldBytes = 0;
  }

  /** Goes on with an event that an earlier chunk began; returns how much of this chunk belongs to it. */
  #resume(chunk: Buffer, out: Buffer[]): number {
    const end = eventEnd(chunk, 0, this.#atLineStart);
    if (end === -1) {
      this.#keep(chunk, out);
      return chunk.length;
    }
    const rest = chunk.subarray(0, end);
    if (this.#oversized !== 'no') {
      if (!this.#holding) out.push(rest);
      if (this.#oversized === 'terminal') this.#finish();
    } else {
      const event = Buffer.concat([...this.#pieces, rest], this.#piecesBytes + end);
      if (this.#letsThrough(event, 0, event.length, out, 0)) out.push(event);
    }
    this.#clearPieces();
    return end;
  }

  /** Keeps a piece of an event that has not ended, or passes it on once the event is too large. */
  #keep(piece: Buffer, out: Buffer[]): void {
    this.#atLineStart = endsAtLineStart(piece, this.#atLineStart);
    if (this.#oversized === 'no') {
      this.#pieces.push(piece.length < copiedPieceBytes ? Buffer.from(piece) : piece);
      this.#piecesBytes += piece.length;
      if (this.#piecesBytes > maxEventBytes) this.#passOversized(out);
    } else if (!this.#holding) out.push(piece);
  }

  #passOversized(out: Buffer[]): void {
    const beginning = Buffer.concat(this.#pieces).subarray(0, oversizedBeginningBytes);
    const verdict = this.#reader.readOversized(beginning);
    this.#oversized = verdict === 'terminal' ? 'terminal' : 'plain';
    if (verdict === 'content' && this.phase === 'preamble') this.phase = 'content';
    if (!this.#holding) out.push(...this.#pieces);
    this.#pieces = [];
    this.#piecesBytes = 0;
  }

  #clearPieces(): void {
    this.#pieces = [];
    this.#piecesBytes = 0;
    this.#oversized = 'no';
    this.#atLineStart = true;
  }
}

/** Whether an event that lacked its blank line has all of its data. */
function isWhole(event: Buffer): boolean {
  const { data } = parseEvent(event, 0, event.length);
  if (data === undefined || data.trimEnd() === '[DONE]') return true;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
