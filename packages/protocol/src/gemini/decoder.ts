import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { Decoder } from '../neutral/codec.ts';
import type { Block, NeutralEvent, StopReason } from '../neutral/events.ts';
import type { Origin, Signature } from '../neutral/signature.ts';
import type { SseEvent } from '../stream/events.ts';
import { readUpstreamError } from '../stream/reader.ts';
import { addSearchQueries, readGeminiUsage } from '../usage/gemini.ts';
import { fingerprint, idOfNewCall } from './call-ids.ts';
import { citationsOf } from './citations.ts';
import { stopOfFinish } from './finish.ts';

/** Counts of tokens so far: all but the last chunk's are of the past. */
const counts: ReadonlySet<string> = new Set([
  'promptTokenCount',
  'candidatesTokenCount',
  'thoughtsTokenCount',
  'totalTokenCount',
]);
/** Fields of a part that are not its content. */
const flags: ReadonlySet<string> = new Set(['thought', 'thoughtSignature']);

/**
 * Reads the chunks of one answer. Text and thoughts come in pieces that belong together as long as their kind stays the same; a call comes
 * whole. Only the end of the stream tells which finish reason was the last and which usage: some models put a reason on every chunk, some
 * tell the usage behind it.
 *
 * The signature of a text stands in a redacted thinking block behind it: every protocol has a slot for those, and from there it
 * finds its way back to the text.
 */
export class GeminiDecoder implements Decoder {
  readonly unread = counts;
  readonly #origin: Origin;
  #events: NeutralEvent[] = [];
  #answer: string | undefined;
  #hasStarted = false;
  #hasEnded = false;
  #next = 0;
  #open: 'text' | 'thinking' | undefined;
  #textSignature: Signature | undefined;
  #calls = 0;
  #usage: JsonObject | undefined;
  #usageIsTold = true;
  #queries: Set<string> | undefined;
  #finish: string | undefined;
  #blocked: string | undefined;
  #explanation: string | undefined;
  readonly #sources = new Set<string>();

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  decode({ data }: SseEvent): readonly NeutralEvent[] {
    if (data === undefined || this.#hasEnded) return [];
    try {
      return this.read(JSON.parse(data));
    } catch {
      return [];
    }
  }

  /** Reads a chunk that is parsed already, or an array of them. */
  read(chunk: unknown): readonly NeutralEvent[] {
    this.#events = [];
    for (const each of Array.isArray(chunk) ? chunk : [chunk]) {
      const object = asObject(each);
      if (object && !this.#hasEnded) this.#readChunk(object);
    }
    return this.#events;
  }

  end(): readonly NeutralEvent[] {
    this.#events = [];
    if (this.#hasEnded || !this.#hasStarted) return [];
    this.#hasEnded = true;
    this.#close();
    this.#tellUsage();
    const reason = this.#stopReason();
    if (reason) {
      const explanation = this.#explanation;
      this.#events.push({ type: 'stop', reason, ...(explanation !== undefined && { explanation }) }, { type: 'end' });
    }
    return this.#events;
  }

  soleText(chunk: JsonObject): string | undefined {
    const candidates = chunk['candidates'];
    const candidate = Array.isArray(candidates) && candidates.length === 1 ? asObject(candidates[0]) : undefined;
    if (!candidate || candidate['groundingMetadata'] || candidate['citationMetadata']) return undefined;
    const parts = asObject(candidate['content'])?.['parts'];
    const part = Array.isArray(parts) && parts.length === 1 ? asObject(parts[0]) : undefined;
    return part && !part['thoughtSignature'] ? asText(part['text']) : undefined;
  }

  /** A text that goes on leaves everything as it was, but the usage. */
  more(): boolean {
    return true;
  }

  catchUp(chunk: JsonObject): void {
    this.#readUsage(chunk['usageMetadata']);
  }

  /** For a body, which is whole even where it names no reason to end. */
  endWhole(): readonly NeutralEvent[] {
    if (this.#hasStarted) this.#finish ??= 'STOP';
    return this.end();
  }

  #stopReason(): StopReason | undefined {
    if (this.#finish !== undefined) return stopOfFinish(this.#finish, this.#calls > 0);
    return this.#blocked === undefined ? undefined : 'refusal';
  }

  #readChunk(chunk: JsonObject): void {
    if (chunk['error']) {
      this.#hasEnded = true;
      this.#events.push({ type: 'error', error: readUpstreamError(chunk['error']) });
      return;
    }
    this.#start(chunk);
    const candidates = chunk['candidates'];
    this.#readQueries(candidates);
    this.#readUsage(chunk['usageMetadata']);
    if (Array.isArray(candidates)) for (const candidate of candidates) this.#readCandidate(asObject(candidate));
    this.#readFeedback(asObject(chunk['promptFeedback']));
  }

  #start(chunk: JsonObject): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const id = asText(chunk['responseId']);
    this.#answer = id ?? fingerprint(JSON.stringify(chunk));
    this.#events.push({ type: 'start', id, model: asText(chunk['modelVersion']) });
  }

  /** The first is told at once, for protocols that begin with it; then only the last, as every chunk has one. */
  #readUsage(value: unknown): void {
    const usage = asObject(value);
    if (!usage) return;
    const isFirst = this.#usage === undefined;
    this.#usage = usage;
    this.#usageIsTold = false;
    if (isFirst) this.#tellUsage();
  }

  #readQueries(candidates: unknown): void {
    const before = this.#queries?.size;
    this.#queries = addSearchQueries(this.#queries, candidates);
    if (this.#queries?.size !== before) this.#usageIsTold = false;
  }

  #tellUsage(): void {
    const usage = this.#usageIsTold || !this.#usage ? undefined : readGeminiUsage(this.#usage, this.#queries);
    this.#usageIsTold = true;
    if (usage) this.#events.push({ type: 'usage', usage });
  }

  #readFeedback(feedback: JsonObject | undefined): void {
    const reason = asText(feedback?.['blockReason']);
    if (!feedback || !reason) return;
    this.#blocked = reason;
    this.#explanation = asText(feedback['blockReasonMessage']) ?? `the prompt was blocked: ${reason}`;
  }

  #readCandidate(candidate: JsonObject | undefined): void {
    // Whoever asks for several answers asks a Gemini client's upstream, whose bytes are not converted.
    if (!candidate || (typeof candidate['index'] === 'number' && candidate['index'] > 0)) return;
    const parts = asObject(candidate['content'])?.['parts'];
    if (Array.isArray(parts)) for (const part of parts) this.#readPart(asObject(part));
    if (candidate['groundingMetadata'] || candidate['citationMetadata']) this.#readCitations(candidate);
    const finish = asText(candidate['finishReason']);
    if (finish === undefined || finish === 'FINISH_REASON_UNSPECIFIED') return;
    this.#finish = finish;
    const explanation = asText(candidate['finishMessage']);
    if (explanation !== undefined) this.#explanation = explanation;
  }

  #readPart(part: JsonObject | undefined): void {
    if (!part) return;
    const text = part['text'];
    if (part['thought'] === true) this.#readThought(typeof text === 'string' ? text : '', part);
    else if (typeof text === 'string') this.#readText(text, part);
    else if (asObject(part['functionCall'])) this.#readCall(asObject(part['functionCall']) ?? {}, part);
    else this.#readOther(part);
  }

  #readText(text: string, part: JsonObject): void {
    if (text !== '') {
      // A text that was signed is finished.
      if (this.#textSignature) this.#close();
      this.#continue('text');
      this.#events.push({ type: 'delta', index: this.#next - 1, text });
    }
    const signature = this.#signatureOf(part);
    if (!signature) return;
    if (this.#open !== 'text') this.#carry(signature);
    else this.#textSignature = signature;
  }

  #readThought(text: string, part: JsonObject): void {
    const signature = this.#signatureOf(part);
    if (text !== '') {
      this.#continue('thinking');
      this.#events.push({ type: 'delta', index: this.#next - 1, text });
    }
    if (!signature) return;
    if (this.#open !== 'thinking') {
      this.#carry(signature);
      return;
    }
    this.#events.push({ type: 'signature', index: this.#next - 1, signature });
    this.#close();
  }

  #readCall(call: JsonObject, part: JsonObject): void {
    const name = asText(call['name']);
    if (name === undefined) return;
    const id = asText(call['id']) ?? idOfNewCall(this.#answer ?? '', this.#calls);
    const signature = this.#signatureOf(part);
    this.#calls++;
    this.#whole(
      { kind: 'tool_call', id, name, form: 'json', ...(signature && { signature }) },
      JSON.stringify(call['args'] ?? {}),
    );
  }

  /** Pictures, code and its results, and what Google adds next: whole, for clients that speak Gemini. */
  #readOther(part: JsonObject): void {
    const name = Object.keys(part).find((key) => !flags.has(key));
    const signature = name === undefined ? this.#signatureOf(part) : undefined;
    if (name !== undefined) this.#whole({ kind: 'opaque', protocol: 'gemini', name, value: part });
    else if (signature) this.#carry(signature);
  }

  /** Sources are told while their text is open; those told again are not repeated. */
  #readCitations(candidate: JsonObject): void {
    if (this.#open !== 'text') return;
    for (const citation of citationsOf(candidate)) {
      const key = citation.url ?? JSON.stringify(citation.value);
      if (this.#sources.has(key)) continue;
      this.#sources.add(key);
      this.#events.push({ type: 'citation', index: this.#next - 1, citation });
    }
  }

  #signatureOf(part: JsonObject): Signature | undefined {
    const blob = asText(part['thoughtSignature']);
    return blob === undefined ? undefined : { origin: this.#origin, blob };
  }

  #continue(kind: 'text' | 'thinking'): void {
    if (this.#open === kind) return;
    this.#close();
    this.#events.push({ type: 'open', index: this.#next++, block: { kind } });
    this.#open = kind;
  }

  #close(): void {
    if (this.#open === undefined) return;
    this.#events.push({ type: 'close', index: this.#next - 1 });
    this.#open = undefined;
    const signature = this.#textSignature;
    this.#textSignature = undefined;
    if (signature) this.#carry(signature);
  }

  #whole(block: Block, text?: string): void {
    this.#close();
    const index = this.#next++;
    this.#events.push({ type: 'open', index, block });
    if (text !== undefined) this.#events.push({ type: 'delta', index, text });
    this.#events.push({ type: 'close', index });
  }

  /** A redacted thinking block with nothing but a signature. */
  #carry(signature: Signature): void {
    this.#close();
    const index = this.#next++;
    this.#events.push(
      { type: 'open', index, block: { kind: 'thinking', isRedacted: true } },
      { type: 'signature', index, signature },
      { type: 'close', index },
    );
  }
}
