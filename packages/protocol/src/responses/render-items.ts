import { createHash } from 'node:crypto';
import { foreignPart } from '../neutral/foreign.ts';
import type { OpaquePart, Part, TextPart, ThinkingPart, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import { isAtHome } from '../neutral/signature.ts';
import { invalid } from './fields.ts';
import { ownContent, renderInput, renderOutput, renderSaid } from './render-content.ts';
import type { Rendering } from './rendering.ts';

type Item = Record<string, unknown>;

/** OpenAI takes no longer ids of calls. */
const maxCallIdCharacters = 64;

/** The system's texts as they stand before a conversation, one message each. */
export function renderDeveloper(texts: readonly TextPart[], rendering: Rendering): Item[] {
  return texts.map((text, index) => {
    return { type: 'message', role: 'developer', content: [renderInput(text, `system.${index}`, rendering)] };
  });
}

/** The conversation as input items, in its order. */
export function renderTurns(rendering: Rendering): Item[] {
  const writer = new ItemWriter(rendering);
  const { turns } = rendering.request;
  for (const [index, turn] of turns.entries()) writer.addTurn(turn, `messages.${index}`);
  if (!rendering.isOwn && turns.at(-1)?.role === 'assistant') {
    rendering.lose(`messages.${turns.length - 1}`, 'the answer is a new message and does not go on with this one');
  }
  return writer.items;
}

/** Parts that stand in a message are gathered until one comes that does not, or that is of another phase. */
class ItemWriter {
  readonly items: Item[] = [];
  readonly #rendering: Rendering;
  #content: Item[] = [];
  #phase: string | undefined;

  constructor(rendering: Rendering) {
    this.#rendering = rendering;
  }

  addTurn({ role, parts }: Turn, path: string): void {
    for (const [index, part] of parts.entries()) {
      const at = `${path}.content.${index}`;
      if (role === 'assistant') this.#addSaid(part, at);
      else this.#addTold(part, at, role === 'system' ? 'developer' : 'user');
    }
    this.#flush(role === 'system' ? 'developer' : role);
  }

  #flush(role: string): void {
    if (this.#content.length === 0) return;
    const phase = this.#phase ? { phase: this.#phase } : {};
    this.items.push({ type: 'message', role, content: this.#content, ...phase });
    this.#content = [];
    this.#phase = undefined;
  }

  #addItem(item: Item, role: string): void {
    this.#flush(role);
    this.items.push(item);
  }

  #addTold(part: Part, path: string, role: string): void {
    switch (part.kind) {
      case 'text':
      case 'image':
      case 'document':
      case 'audio':
      case 'video':
        if (part.kind === 'text' && part.text === '') return;
        this.#content.push(renderInput(part, path, this.#rendering));
        return;
      case 'refusal':
        this.#content.push({ type: 'input_text', text: part.text });
        return;
      case 'tool_result':
        this.#addItem(this.#resultItem(part, path), role);
        return;
      case 'opaque':
        this.#addOpaque(part, path, role);
        return;
      default:
        throw invalid(path, `a ${part.kind} cannot stand in a ${role} message`);
    }
  }

  #addSaid(part: Part, path: string): void {
    switch (part.kind) {
      case 'thinking':
        this.#addThinking(part, path);
        return;
      case 'tool_call':
        this.#addItem(this.#callItem(part, path), 'assistant');
        return;
      case 'opaque':
        this.#addOpaque(part, path, 'assistant');
        return;
      case 'text':
      case 'refusal':
        this.#addSaidText(part, path);
        return;
      default:
        throw invalid(path, `a ${part.kind} cannot stand in an assistant message`);
    }
  }

  #addSaidText(part: Part & { kind: 'text' | 'refusal' }, path: string): void {
    if (part.text === '') return;
    if (part.kind === 'text') {
      if (part.phase !== this.#phase) this.#flush('assistant');
      this.#phase = part.phase;
      if (part.cache) this.#rendering.loseMark(path);
      if (part.citations?.some(({ protocol }) => protocol !== 'openai-responses')) {
        this.#rendering.lose(`${path}.citations`, 'sources told by another provider cannot be repeated');
      }
    }
    const said = renderSaid(part);
    if (said) this.#content.push(said);
  }

  /** Reasoning only its origin can read is written back to it alone; the summary means nothing to the model without. */
  #addThinking({ text, signature }: ThinkingPart, path: string): void {
    if (!signature || !isAtHome(signature, this.#rendering.target.origin)) {
      this.#rendering.lose(path, 'thinking goes back to the upstream that signed it only');
      return;
    }
    const summary = text === '' ? [] : [{ type: 'summary_text', text }];
    this.#addItem({ type: 'reasoning', summary, encrypted_content: signature.blob }, 'assistant');
  }

  #callItem(call: ToolCallPart, path: string): Item {
    if (call.cache) this.#rendering.loseMark(path);
    if (call.signature) this.#rendering.lose(`${path}.signature`, 'calls of tools are not signed here');
    const head = { call_id: callId(call.id), ...this.#rendering.nameOf(call) };
    return call.form === 'text'
      ? { type: 'custom_tool_call', ...head, input: call.input }
      : { type: 'function_call', ...head, arguments: call.input || '{}' };
  }

  #resultItem(result: ToolResultPart, path: string): Item {
    const call = this.#rendering.calls.get(result.callId);
    if (!call && !this.#rendering.isOwn)
      throw invalid(path, `no call ${result.callId.slice(0, 80)} precedes this result`);
    const type = call?.form === 'text' ? 'custom_tool_call_output' : 'function_call_output';
    return { type, call_id: callId(result.callId), output: renderOutput(result, path, this.#rendering) };
  }

  #addOpaque(part: OpaquePart, path: string, role: string): void {
    if (part.protocol !== 'openai-responses') {
      const { path: place, reason } = foreignPart(part, path);
      this.#rendering.lose(place, reason);
      return;
    }
    const content = ownContent(part);
    if (content) this.#content.push(content);
    else this.#addItem(part.value as Item, role);
  }
}

/** An id that is too long becomes a hash of itself, in the call and in its result. */
function callId(id: string): string {
  return id.length <= maxCallIdCharacters ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, 48)}`;
}
