import { asObject, type JsonObject, parseObjectText } from '../json/parse.ts';
import { foreignPart } from '../neutral/foreign.ts';
import { wrapFreeform } from '../neutral/freeform.ts';
import type { Part, TextPart, ThinkingPart, ToolCallPart } from '../neutral/parts.ts';
import type { NeutralRequest, Turn } from '../neutral/request.ts';
import { isAtHome, type Origin } from '../neutral/signature.ts';
import { shortToolName } from '../neutral/tool-names.ts';
import type { Losses } from './losses.ts';
import type { ModelRules } from './model-rules.ts';
import { namesField } from './parse-request.ts';
import { bad } from './read.ts';
import { renderUserPart } from './render-parts.ts';
import { type PlacedResult, Results, splitResult, stubFor } from './render-results.ts';

type Message = Record<string, unknown>;

/** OpenAI writes four cache entries per request at most, and takes one of them for the latest message by itself. */
const mostCacheMarks = 3;

/**
 * The messages of a request. Results of tools stand directly behind the calls that they answer, wherever the request has them, and what
 * a `tool` message cannot hold in a user message behind all of that step.
 *
 * @param instruction a line of our own for the system text; '' for none
 * @throws RelayError invalid_request with the path of what cannot be said
 */
export function renderMessages(
  request: NeutralRequest,
  origin: Origin,
  rules: ModelRules,
  losses: Losses,
  instruction: string,
): readonly Message[] {
  const writer = new MessageWriter(request, origin, rules, losses);
  writer.writeSystem(instruction);
  for (const index of request.turns.keys()) writer.writeTurn(index);
  return writer.finish();
}

class MessageWriter {
  readonly #messages: Message[] = [];
  readonly #request: NeutralRequest;
  readonly #origin: Origin;
  readonly #rules: ModelRules;
  readonly #losses: Losses;
  readonly #results: Results;
  readonly #names: JsonObject;
  #marks = 0;

  constructor(request: NeutralRequest, origin: Origin, rules: ModelRules, losses: Losses) {
    this.#request = request;
    this.#origin = origin;
    this.#rules = rules;
    this.#losses = losses;
    this.#results = new Results(request);
    const isOwn = request.extras?.protocol === 'openai-chat';
    this.#names = (isOwn ? asObject(request.extras.fields[namesField]) : undefined) ?? {};
  }

  writeSystem(instruction: string): void {
    const parts: TextPart[] = [...this.#request.system];
    if (instruction) parts.push({ kind: 'text', text: instruction });
    const content = this.#texts(parts, 'system', '\n\n');
    if (content !== '') this.#messages.push({ role: this.#rules.systemRole, content });
  }

  writeTurn(index: number): void {
    const turn = this.#request.turns[index];
    if (!turn) return;
    const path = `messages.${index}`;
    if (turn.role === 'assistant') return this.#answer(turn, path, index);
    if (turn.role === 'system') return this.#instruction(turn, path, index);
    this.#user(turn.parts, path, index);
  }

  finish(): readonly Message[] {
    this.#results.checkAllTaken();
    return this.#messages;
  }

  #push(message: Message, index: number): void {
    const name = this.#names[index];
    this.#messages.push(name === undefined ? message : { ...message, name });
  }

  #instruction({ parts }: Turn, path: string, index: number): void {
    const texts = parts.map((part, place) => {
      if (part.kind !== 'text') throw bad(`${path}.content.${place}`, 'must be text');
      return part;
    });
    this.#push({ role: this.#rules.systemRole, content: this.#texts(texts, path, '\n\n') }, index);
  }

  #user(parts: readonly Part[], path: string, index: number): void {
    const isEmpty = (part: Part) => part.kind === 'text' && part.text === '' && parts.length > 1;
    const content: Message[] = [];
    for (const [place, part] of parts.entries()) {
      if (part.kind === 'tool_result' || isEmpty(part)) continue;
      const partPath = `${path}.content.${place}`;
      const rendered = renderUserPart(part, partPath, this.#rules, this.#losses);
      if (rendered) content.push(this.#marked(rendered, part, partPath));
    }
    if (content.length > 0) this.#push({ role: 'user', content: simplest(content) }, index);
  }

  #answer(turn: Turn, path: string, index: number): void {
    const answer = new AnswerParts(this.#rules, this.#losses);
    for (const [place, part] of turn.parts.entries()) answer.add(part, `${path}.content.${place}`);
    const message = answer.message();
    this.#sayThinking(message, answer, path);
    if (answer.calls.length > 0) message['tool_calls'] = answer.calls.map((call) => this.#call(call, path));
    if (answer.isEmpty) return;
    this.#push(message, index);
    this.#resultsOf(answer.calls, path, index);
  }

  #sayThinking(message: Message, answer: AnswerParts, path: string): void {
    const text = answer.thinking.map((part) => part.text).join('');
    const proof = answer.thinking.find((part) => part.signature && isAtHome(part.signature, this.#origin))?.signature;
    const details = proof && parseDetails(proof.blob);
    if (details) {
      message['reasoning_details'] = details;
      return;
    }
    if (answer.thinking.some((part) => part.signature)) {
      this.#losses.add(`${path}.signature`, 'a signature of thinking is of use to its own model only');
    }
    switch (this.#rules.thinkingBack) {
      case 'never':
        if (text) this.#losses.add(`${path}.thinking`, 'this provider takes no thinking back');
        return;
      case 'details':
        if (text) message['reasoning_details'] = [{ type: 'reasoning.text', index: 0, text }];
        return;
      case 'kept':
        if (text) message['reasoning_content'] = text;
        return;
      case 'required':
        // Kimi answers 400 to an empty text, too.
        if (text || answer.calls.length > 0) message['reasoning_content'] = text || ' ';
    }
  }

  #call(call: ToolCallPart, path: string): Message {
    const { id, form, input, signature } = call;
    if (call.cache) this.#loseMark(path);
    const name = shortToolName(call.name);
    if (form === 'text' && this.#rules.takesFreeformTools) return { id, type: 'custom', custom: { name, input } };
    const written = { name, arguments: form === 'text' ? wrapFreeform(input) : input || '{}' };
    if (!signature) return { id, type: 'function', function: written };
    if (!isAtHome(signature, this.#origin)) {
      this.#losses.add(`${path}.tool_calls.signature`, 'a signature of a call is of use to its own model only');
      return { id, type: 'function', function: written };
    }
    const extra_content = { google: { thought_signature: signature.blob } };
    return { id, type: 'function', function: written, extra_content };
  }

  /** The calls at the very end of a conversation are the only ones that may wait for their results. */
  #resultsOf(calls: readonly ToolCallPart[], path: string, index: number): void {
    const results = calls.map((call) => this.#results.take(call.id));
    const missing = results.indexOf(undefined);
    const isLast = index === this.#request.turns.length - 1;
    if (missing !== -1 && !(isLast && results.every((result) => result === undefined))) {
      throw bad(path, `the tool call ${calls[missing]?.id.slice(0, 64)} has no result`);
    }
    const media: Message[] = [];
    for (const result of results) if (result) this.#result(result, media);
    if (media.length > 0) this.#messages.push({ role: 'user', content: media });
  }

  #result({ part, path }: PlacedResult, media: Message[]): void {
    const split = splitResult(part);
    const texts = [...split.texts];
    if (split.media.length > 0) texts.push({ kind: 'text', text: stubFor(split.media.length) });
    // A mark of the whole result is one of its last text.
    const last = texts.pop() ?? { kind: 'text', text: '' };
    texts.push(part.cache && !last.cache ? { ...last, cache: part.cache } : last);
    const [first] = texts;
    if (part.isError && first) texts[0] = { ...first, text: errorText(first.text) };
    this.#messages.push({ role: 'tool', tool_call_id: part.callId, content: this.#texts(texts, path, '\n') });
    for (const one of split.media) {
      const rendered = renderUserPart(one, path, this.#rules, this.#losses);
      if (rendered) media.push(this.#marked(rendered, one, path));
    }
  }

  /** One text as far as it goes: many vendors take parts in user messages only. */
  #texts(parts: readonly TextPart[], path: string, between: string): string | Message[] {
    const kept = parts.filter((part) => part.text !== '');
    const rendered = kept.map((part) => this.#marked({ type: 'text', text: part.text }, part, path));
    if (rendered.some((part) => part['prompt_cache_breakpoint'])) return rendered;
    return kept.map((part) => part.text).join(between);
  }

  #marked(rendered: Message, part: Part, path: string): Message {
    if (!('cache' in part) || !part.cache) return rendered;
    if (!this.#rules.takesCacheMarks || this.#marks >= mostCacheMarks) {
      this.#loseMark(path);
      return rendered;
    }
    this.#marks++;
    return { ...rendered, prompt_cache_breakpoint: { mode: 'explicit' } };
  }

  #loseMark(path: string): void {
    const reason = this.#rules.takesCacheMarks
      ? 'has no place for more cache marks'
      : 'this model takes no cache marks';
    this.#losses.add(`${path}.cache_control`, reason);
  }
}

/** The parts of one answer, sorted into what an assistant message has places for. */
class AnswerParts {
  readonly calls: ToolCallPart[] = [];
  readonly thinking: ThinkingPart[] = [];
  readonly #rules: ModelRules;
  readonly #losses: Losses;
  #content: (string | Message)[] = [];
  #refusal = '';
  #audio: unknown;

  constructor(rules: ModelRules, losses: Losses) {
    this.#rules = rules;
    this.#losses = losses;
  }

  get isEmpty(): boolean {
    return this.#content.length === 0 && this.calls.length === 0 && this.#refusal === '' && this.#audio === undefined;
  }

  add(part: Part, path: string): void {
    switch (part.kind) {
      case 'text':
        if (part.citations) this.#losses.add(`${path}.citations`, 'earlier answers are told without their sources');
        if (part.cache) this.#losses.add(`${path}.cache_control`, 'an answer takes no cache mark here');
        if (part.phase) this.#losses.add(`${path}.phase`, 'an answer is told without its phase');
        if (part.text !== '') this.#content.push(part.text);
        return;
      case 'refusal':
        if (this.#rules.isOpenAi) this.#refusal += part.text;
        else this.#content.push(part.text);
        return;
      case 'thinking':
        this.thinking.push(part);
        return;
      case 'tool_call':
        this.calls.push(part);
        return;
      case 'opaque':
        return this.#addOpaque(part, path);
      case 'tool_result':
        return;
      default:
        throw bad(path, 'an answer can hold no media here');
    }
  }

  /** `content` is null, not empty, beside tool calls. */
  message(): Message {
    const { length } = this.#content;
    const isText = this.#content.every((part) => typeof part === 'string');
    const parts = this.#content.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part));
    const message: Message = { role: 'assistant', content: isText ? this.#content.join('') : parts };
    if (length === 0) message['content'] = null;
    if (this.#refusal) message['refusal'] = this.#refusal;
    if (this.#audio !== undefined) message['audio'] = this.#audio;
    return message;
  }

  #addOpaque(part: Extract<Part, { kind: 'opaque' }>, path: string): void {
    if (part.protocol !== 'openai-chat') {
      const { path: place, reason } = foreignPart(part, path);
      this.#losses.add(place, reason);
    } else if (part.name === 'audio') {
      this.#audio = part.value;
    } else {
      this.#content.push(part.value as Message);
    }
  }
}

/** A lone text without a mark is the whole content. */
function simplest(content: readonly Message[]): string | readonly Message[] {
  const [only] = content;
  const isPlain = content.length === 1 && only?.['type'] === 'text' && !only['prompt_cache_breakpoint'];
  return isPlain ? (only['text'] as string) : content;
}

function errorText(text: string): string {
  return text.startsWith('Error:') ? text : `Error: ${text}`;
}

function parseDetails(blob: string): unknown[] | undefined {
  const parsed = parseObjectText(`{"details":${blob}}`)?.['details'];
  return Array.isArray(parsed) ? parsed : undefined;
}
