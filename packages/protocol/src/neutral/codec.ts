import type { Loss, Protocol, RelayError, Usage } from '@ai-bridge/domain';
import type { StreamErrorContext } from '../errors/render.ts';
import type { JsonObject } from '../json/parse.ts';
import type { PathHead } from '../request/head.ts';
import type { SseEvent } from '../stream/events.ts';
import type { NeutralEvent } from './events.ts';
import type { NeutralRequest } from './request.ts';
import type { Origin } from './signature.ts';

/** A request read from, or written in, one protocol, and what could not be carried. */
export interface Carried<Value> {
  readonly value: Value;
  readonly losses: readonly Loss[];
}

/** The model that a request is written for. */
export interface Target {
  /** Where it goes; `model` is the upstream's own id of it. */
  readonly origin: Origin & { readonly model: string; readonly channelId: string };
  /** The most that the model can put out, where it is known. */
  readonly maxOutputTokens: number | undefined;
}

/** What an encoder says of an answer that the events do not. */
export interface AnswerContext {
  /** Our id of the request: ids of the answer are made from it. */
  readonly requestId: string;
  /** What the client shall read as the model. */
  readonly model: string;
  /** Who answered, where that has to be said: another model than the one asked for. Only OpenAI's protocols have a place for it. */
  readonly provider?: string | undefined;
  readonly createdAtSeconds: number;
  /** Tokens that the prompt probably has, for protocols that name them at the start. */
  readonly promptTokens: number;
  /** The client wants the usage chunk of a chat stream. */
  readonly includeUsage: boolean;
  /** The request that is answered: some protocols repeat parts of it. */
  readonly request: NeutralRequest;
}

/** Upstream events to neutral ones, for one stream. Its only state is the stream's; the same input gives the same output. */
export interface Decoder {
  /** Never throws: what it cannot read becomes nothing, or an `error` event. */
  decode(event: SseEvent): readonly NeutralEvent[];
  /** The upstream ended its stream: what is still open is closed, and `stop` and `end` come if the answer is whole without a terminal event. */
  end(): readonly NeutralEvent[];
  /**
   * The text that an event with this data adds to the open block, where that is all that it does; undefined where it may do more.
   * Where `decode` made one delta of such an event, it makes one of each that differs in this text only, if `more` takes it.
   */
  soleText(data: JsonObject): string | undefined;
  /** Members of events with such a text that have no meaning here, wherever they stand: texts and whole numbers that may differ. */
  readonly unread: ReadonlySet<string>;
  /**
   * Takes in an event that is like the last one but for its text (and what is not read) in place of `decode`. The delta is `text`.
   * @returns whether it was taken in; else it is for `decode`
   */
  more(text: string): boolean;
  /** The last event that `more` took in, whole, before any other comes: for what only the last one says. */
  catchUp?(data: JsonObject): void;
}

/** Neutral events to the client's bytes, for one stream. */
export interface Encoder {
  /** Whole SSE events as text; '' where nothing is to be said. */
  encode(event: NeutralEvent): string;
  /** As `encode` of a delta. @param json the text as JSON: what `JSON.stringify` makes of it */
  delta(text: string, json: string): string;
  /**
   * The last event of a stream that the relay has to end, for protocols whose error event repeats the answer.
   * @param context `sequenceNumber` where that of the last event sent is known
   */
  fail?(error: RelayError, context: StreamErrorContext): string;
}

/** One protocol, both ways, as a client's and as an upstream's. Pure: no I/O, no clock, no randomness. */
export interface Codec {
  readonly protocol: Protocol;
  /**
   * A client's request. Understands every field of the protocol: what is neutral by name, what is not as an extra or an opaque part.
   * @throws RelayError invalid_request with the path of a field that is malformed or that no upstream can be asked
   */
  parseRequest(body: Buffer, path: PathHead | undefined): Carried<NeutralRequest>;
  /**
   * The request for an upstream of this protocol, as JSON text.
   * @throws RelayError invalid_request with the path of what cannot be said there without changing the answer's meaning
   */
  renderRequest(request: NeutralRequest, target: Target): Carried<string>;
  createDecoder(origin: Origin): Decoder;
  /** An answer without a stream, as the events that a stream of it would have had. */
  decodeBody(body: Buffer, origin: Origin): readonly NeutralEvent[];
  createEncoder(context: AnswerContext): Encoder;
  /** An answer without a stream, as JSON text, from all of its events (the last is `end`). */
  encodeBody(events: readonly NeutralEvent[], context: AnswerContext): string;
  /** Usage in the protocol's words. `readUsage(writeUsage(usage))` is `usage` for all the kinds that the protocol tells apart. */
  writeUsage(usage: Usage): Record<string, unknown>;
}
