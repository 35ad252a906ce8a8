import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import type { Decoder } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import type { SseEvent } from '../stream/events.ts';
import { readUpstreamError } from '../stream/reader.ts';
import { readOpenAiUsage } from '../usage/openai.ts';
import { Blocks } from './blocks.ts';
import { isFailure, stopReasonOf } from './finish.ts';
import { citationsOf, textOfParts } from './parse-parts.ts';
import { DetailsGatherer, textOfDetails } from './reasoning-details.ts';
import { soleTextOf } from './sole-text.ts';
import { ToolCalls } from './tool-calls.ts';

type TextKind = 'text' | 'thinking' | 'refusal';

const nothing: readonly NeutralEvent[] = [];
/** Padding, OpenAI's and Mistral's. */
const unread: ReadonlySet<string> = new Set(['obfuscation', 'p']);

/** Reads the chunks of one answer: OpenAI's, and what the many vendors make of them. Of several choices it reads the first. */
export class ChatDecoder implements Decoder {
  readonly unread = unread;
  readonly #origin: Origin;
  readonly #blocks = new Blocks();
  readonly #calls: ToolCalls;
  readonly #details = new DetailsGatherer();
  /** Text that came while tool calls were open: they cannot be gone on with behind it, so it has to wait. */
  #late: { kind: TextKind; text: string }[] = [];
  #audio: Record<string, unknown> | undefined;
  /** What tells this answer from others. */
  #seed = '';
  #hasStarted = false;
  #hasRefused = false;
  #isOver = false;
  #finish: string | undefined;
  #stopSequence: string | undefined;
  #tier: string | undefined;

  constructor(origin: Origin) {
    this.#origin = origin;
    this.#calls = new ToolCalls(origin);
  }

  decode({ data, name }: SseEvent): readonly NeutralEvent[] {
    if (data === undefined || this.#isOver) return nothing;
    if (data.startsWith('[DONE]')) return this.#finishAnswer();
    const chunk = parseObjectText(data);
    if (!chunk) return nothing;
    return chunk['error'] || name === 'error' ? this.#fail(chunk['error'] ?? chunk) : this.#decodeChunk(chunk);
  }

  end(): readonly NeutralEvent[] {
    if (this.#isOver || !this.#hasStarted) return nothing;
    if (this.#finish !== undefined) return this.#finishAnswer();
    this.#isOver = true;
    this.#blocks.close();
    return this.#blocks.take();
  }

  soleText(chunk: JsonObject): string | undefined {
    const choice = Array.isArray(chunk['choices']) ? firstChoice(chunk['choices']) : undefined;
    return choice && soleTextOf(asObject(choice['delta']) ?? asObject(choice['message']) ?? {});
  }

  more(text: string): boolean {
    return this.#blocks.kind !== 'tool_call' || this.#calls.more(text);
  }

  /** A whole answer: it has one message where a stream has deltas. */
  decodeWhole(answer: JsonObject): readonly NeutralEvent[] {
    if (answer['error'] || !Array.isArray(answer['choices'])) return this.#fail(answer['error'] ?? answer);
    const events = this.#decodeChunk(answer);
    return this.#isOver ? events : [...events, ...this.#finishAnswer()];
  }

  #decodeChunk(chunk: JsonObject): readonly NeutralEvent[] {
    // MiniMax answers 200 to what it refuses.
    const status = asObject(chunk['base_resp']);
    if (status?.['status_code']) {
      return this.#fail({ code: status['status_code'], message: status['status_msg'] });
    }
    const choices = Array.isArray(chunk['choices']) ? (chunk['choices'] as unknown[]) : [];
    const choice = firstChoice(choices);
    this.#tier = asText(chunk['service_tier']) ?? this.#tier;
    if (choice || choices.length > 0) this.#start(chunk);
    if (choice) this.#readChoice(choice);
    if (this.#finish !== undefined && isFailure(this.#finish)) {
      return this.#fail({ type: this.#finish, message: 'the upstream gave the answer up' });
    }
    this.#readUsage(chunk['usage'] ?? choice?.['usage'], chunk);
    return this.#blocks.take();
  }

  #start(chunk: JsonObject): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const id = asText(chunk['id']);
    const model = asText(chunk['model']);
    this.#seed = `${id ?? ''}/${String(chunk['created'] ?? '')}/${model ?? ''}`;
    this.#blocks.add({ type: 'start', id, model });
  }

  #readChoice(choice: JsonObject): void {
    const delta = asObject(choice['delta']) ?? asObject(choice['message']);
    if (delta) this.#readDelta(delta);
    const finish = asText(choice['finish_reason']);
    if (finish === undefined) return;
    this.#finish = finish;
    // vLLM names the sequence that it stopped at.
    this.#stopSequence = asText(choice['stop_reason']);
    this.#flush();
  }

  #readDelta(delta: JsonObject): void {
    const details = delta['reasoning_details'];
    if (details) this.#details.add(details);
    this.#say('thinking', asText(delta['reasoning_content']) ?? asText(delta['reasoning']) ?? textOfDetails(details));
    const content = delta['content'];
    if (typeof content === 'string') this.#say('text', content);
    else if (Array.isArray(content)) this.#readParts(content);
    const refusal = asText(delta['refusal']);
    if (refusal) this.#say('refusal', refusal);
    if (delta['annotations']) this.#cite(delta['annotations']);
    if (delta['audio']) this.#gatherAudio(asObject(delta['audio']) ?? {});
    if (Array.isArray(delta['tool_calls'])) this.#callTools(delta['tool_calls']);
    const legacy = asObject(delta['function_call']);
    if (legacy) this.#callTools([{ index: 0, function: legacy }]);
  }

  /** Mistral's form of content, in which thinking is a part of it. */
  #readParts(parts: readonly unknown[]): void {
    for (const value of parts) {
      const part = asObject(value);
      if (part?.['type'] === 'thinking') this.#say('thinking', textOfParts(part['thinking']));
      else this.#say('text', asText(part?.['text']) ?? '');
    }
  }

  #say(kind: TextKind, text: string): void {
    if (text === '') return;
    if (kind === 'refusal') this.#hasRefused = true;
    if (this.#calls.arePending) {
      const last = this.#late.at(-1);
      if (last?.kind === kind) last.text += text;
      else this.#late.push({ kind, text });
      return;
    }
    if (this.#late.length > 0) this.#writeLate();
    this.#write(kind, text);
  }

  #writeLate(): void {
    const late = this.#late;
    this.#late = [];
    for (const { kind, text } of late) this.#write(kind, text);
  }

  #write(kind: TextKind, text: string): void {
    if (this.#blocks.kind !== kind) {
      this.#calls.flush(this.#blocks, this.#seed);
      this.#closeThinking();
      this.#blocks.open({ kind });
    }
    this.#blocks.delta(text);
  }

  #callTools(fragments: readonly unknown[]): void {
    if (fragments.length === 0) return;
    this.#closeThinking();
    this.#calls.take(fragments, this.#blocks, this.#seed);
  }

  #cite(annotations: unknown): void {
    if (this.#blocks.kind !== 'text') return;
    for (const citation of citationsOf(annotations)) this.#blocks.citation(citation);
  }

  /** The proofs of thinking come with it, or behind it. */
  #closeThinking(): void {
    if (this.#blocks.kind !== 'thinking') return;
    const blob = this.#details.take();
    if (blob) this.#blocks.signature({ origin: this.#origin, blob });
    this.#blocks.close();
  }

  #gatherAudio(audio: JsonObject): void {
    this.#audio ??= {};
    for (const [field, value] of Object.entries(audio)) {
      const before = this.#audio[field];
      const grows = (field === 'data' || field === 'transcript') && typeof before === 'string';
      this.#audio[field] = grows ? `${before}${String(value)}` : value;
    }
  }

  /** The answer has its reason to end: all that is kept is written. */
  #flush(): void {
    this.#closeThinking();
    this.#calls.flush(this.#blocks, this.#seed);
    this.#writeLate();
    this.#closeThinking();
    const blob = this.#details.take();
    if (blob) {
      this.#blocks.open({ kind: 'thinking', isRedacted: true });
      this.#blocks.signature({ origin: this.#origin, blob });
    }
    if (this.#audio) {
      this.#blocks.open({ kind: 'opaque', protocol: 'openai-chat', name: 'audio', value: this.#audio });
      this.#audio = undefined;
    }
    this.#blocks.close();
  }

  #readUsage(value: unknown, chunk: JsonObject): void {
    const usage = readOpenAiUsage(asObject(value) ?? {}, this.#tier);
    if (!usage) return;
    this.#start(chunk);
    this.#blocks.add({ type: 'usage', usage });
  }

  #finishAnswer(): readonly NeutralEvent[] {
    this.#isOver = true;
    this.#start({});
    this.#flush();
    const reason = stopReasonOf(this.#finish, this.#calls.count > 0, this.#hasRefused);
    const isCutAt = reason === 'end' && this.#stopSequence !== undefined;
    const stopSequence = isCutAt ? this.#stopSequence : undefined;
    this.#blocks.add({ type: 'stop', reason: isCutAt ? 'stop_sequence' : reason, stopSequence });
    this.#blocks.add({ type: 'end' });
    return this.#blocks.take();
  }

  #fail(error: unknown): readonly NeutralEvent[] {
    this.#isOver = true;
    this.#blocks.add({ type: 'error', error: readUpstreamError(error) });
    return this.#blocks.take();
  }
}

function firstChoice(choices: readonly unknown[]): JsonObject | undefined {
  for (const value of choices) {
    const choice = asObject(value);
    if (choice && (choice['index'] === 0 || choice['index'] === undefined || choice['index'] === null)) return choice;
  }
  return undefined;
}

/** The events of an answer without a stream. */
export function decodeChatBody(body: Buffer, origin: Origin): readonly NeutralEvent[] {
  const answer = parseObjectText(body.toString()) ?? { error: 'the answer is no JSON object' };
  return new ChatDecoder(origin).decodeWhole(answer);
}
