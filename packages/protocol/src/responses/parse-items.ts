import type { JsonObject } from '../json/parse.ts';
import { asObject, asText } from '../json/parse.ts';
import type { Part, TextPart, ThinkingPart, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import { openSignature } from '../neutral/signature.ts';
import { invalid, objectAt, requiredText, textField } from './fields.ts';
import { namespacedName } from './namespaces.ts';
import { parseContent, parsePart } from './parse-content.ts';

const protocol = 'openai-responses';

/** Between the paragraphs of a summary of reasoning, which OpenAI tells one by one. */
export const summarySeparator = '\n\n';

interface Conversation {
  readonly system: readonly TextPart[];
  readonly turns: readonly Turn[];
}

/**
 * Input items as a conversation. What the model said between two things said to it (reasoning, messages, calls) is one assistant turn;
 * the results of its calls are one user turn; developer messages before all others are the system's.
 */
export function parseItems(input: unknown): Conversation {
  if (typeof input === 'string')
    return { system: [], turns: [{ role: 'user', parts: [{ kind: 'text', text: input }] }] };
  if (!Array.isArray(input)) throw invalid('input', 'must be a string or an array');
  const grouping = new Grouping();
  for (const [index, value] of input.entries()) grouping.add(objectAt(value, `input.${index}`), `input.${index}.`);
  return grouping;
}

interface OpenTurn {
  readonly role: Turn['role'];
  readonly parts: Part[];
  /** Results of tools only: more of them may join. */
  readonly isResults: boolean;
}

class Grouping implements Conversation {
  readonly system: TextPart[] = [];
  readonly turns: OpenTurn[] = [];
  readonly #calls = new Map<string, ToolCallPart>();

  add(item: JsonObject, at: string): void {
    switch (item['type'] ?? 'message') {
      case 'message':
        return this.#addMessage(item, at);
      case 'reasoning':
        return this.#addSaid(thinkingOf(item) ?? opaqueItem(item, at));
      case 'function_call':
      case 'custom_tool_call':
        return this.#addCall(item, at);
      case 'function_call_output':
      case 'custom_tool_call_output':
        return this.#addResult(item, at);
      default:
        return this.#addOpaque(item, at);
    }
  }

  #addMessage(item: JsonObject, at: string): void {
    const parts = parseContent(item['content'], `${at}content`);
    const phase = textField(item, 'phase', at);
    switch (item['role']) {
      case 'user':
        this.turns.push({ role: 'user', parts, isResults: false });
        return;
      case 'assistant':
        for (const part of parts) this.#addSaid(phase && part.kind === 'text' ? { ...part, phase } : part);
        return;
      case 'system':
      case 'developer':
        if (this.turns.length === 0 && parts.every(isText)) this.system.push(...parts);
        else this.turns.push({ role: 'system', parts, isResults: false });
        return;
      default:
        throw invalid(`${at}role`, 'must be user, assistant, system or developer');
    }
  }

  #addSaid(part: Part): void {
    const last = this.turns.at(-1);
    if (last?.role === 'assistant') last.parts.push(part);
    else this.turns.push({ role: 'assistant', parts: [part], isResults: false });
  }

  #addCall(item: JsonObject, at: string): void {
    if (isByProgram(item)) return this.#addSaid(opaqueItem(item, at));
    const isText = item['type'] === 'custom_tool_call';
    const namespace = textField(item, 'namespace', at);
    const name = requiredText(item, 'name', at);
    const call: ToolCallPart = {
      kind: 'tool_call',
      id: requiredText(item, 'call_id', at),
      name: namespace ? namespacedName(namespace, name) : name,
      form: isText ? 'text' : 'json',
      input: requiredText(item, isText ? 'input' : 'arguments', at),
      ...(namespace ? { namespace } : {}),
      ...this.#takeCallSignature(),
    };
    this.#calls.set(call.id, call);
    this.#addSaid(call);
  }

  /** What Gemini signed a call with travels as a reasoning item before it, as calls have no slot for it. */
  #takeCallSignature(): Pick<ToolCallPart, 'signature'> {
    const turn = this.turns.at(-1);
    const last = turn?.role === 'assistant' ? turn.parts.at(-1) : undefined;
    if (last?.kind !== 'thinking' || !last.isRedacted || last.signature?.origin.protocol !== 'gemini') return {};
    turn?.parts.pop();
    return { signature: last.signature };
  }

  #addResult(item: JsonObject, at: string): void {
    const callId = requiredText(item, 'call_id', at);
    const call = this.#calls.get(callId);
    // Whose call is not here is told apart by its type only.
    const isLost = item['type'] === 'custom_tool_call_output' && !call;
    const parts = isLost || isByProgram(item) ? undefined : resultParts(item['output'], `${at}output`);
    if (!parts) return this.#addAnswered(opaqueItem(item, at));
    const result: ToolResultPart = { kind: 'tool_result', callId, parts, isError: false };
    this.#addAnswered(call ? { ...result, name: call.name } : result);
  }

  #addAnswered(part: Part): void {
    const last = this.turns.at(-1);
    if (last?.isResults) last.parts.push(part);
    else this.turns.push({ role: 'user', parts: [part], isResults: true });
  }

  #addOpaque(item: JsonObject, at: string): void {
    const part = opaqueItem(item, at);
    if (isSaidToModel(part.name)) this.#addAnswered(part);
    else this.#addSaid(part);
  }
}

function isText(part: Part): part is TextPart {
  return part.kind === 'text';
}

/** Calls that a program of the upstream's made belong to it, as do their results. */
function isByProgram(item: JsonObject): boolean {
  return asObject(item['caller'])?.['type'] === 'program';
}

const saidToModel = new Set(['item_reference', 'mcp_approval_response', 'additional_tools', 'configuration_update']);

function isSaidToModel(type: string): boolean {
  return saidToModel.has(type) || type.endsWith('_output') || type.startsWith('compaction');
}

function opaqueItem(item: JsonObject, at: string): Part & { kind: 'opaque' } {
  return { kind: 'opaque', protocol, name: requiredText(item, 'type', at), value: item };
}

/**
 * Summary, or else the reasoning itself as open models tell it, with the sealed content.
 * @returns undefined where the item holds neither: it only stands for what the upstream keeps
 */
export function thinkingOf(item: JsonObject): ThinkingPart | undefined {
  const text = textsOf(item['summary']) || textsOf(item['content']);
  const signature = openSignature(asText(item['encrypted_content']), protocol);
  if (text === '') return signature && { kind: 'thinking', text, signature, isRedacted: true };
  return signature ? { kind: 'thinking', text, signature } : { kind: 'thinking', text };
}

function textsOf(parts: unknown): string {
  if (!Array.isArray(parts)) return '';
  const texts = parts.map((part) => asText(asObject(part)?.['text']));
  return texts.filter((text) => text !== undefined).join(summarySeparator);
}

/** @returns undefined where a part of it has no neutral form */
function resultParts(output: unknown, path: string): ToolResultPart['parts'] | undefined {
  if (typeof output === 'string') return [{ kind: 'text', text: output }];
  if (!Array.isArray(output)) throw invalid(path, 'must be a string or an array');
  const parts: ToolResultPart['parts'][number][] = [];
  for (const [index, value] of output.entries()) {
    const part = parsePart(objectAt(value, `${path}.${index}`), `${path}.${index}.`);
    if (part?.kind !== 'text' && part?.kind !== 'image' && part?.kind !== 'document') return undefined;
    parts.push(part);
  }
  return parts;
}
