import { asObject, asText, type JsonObject } from '../json/parse.ts';
import type { Part, TextPart, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import { openSignature, type Signature } from '../neutral/signature.ts';
import type { Losses } from './losses.ts';
import { citationsOf, parseContent } from './parse-parts.ts';
import { arrayAt, bad, objectAt, optionalArray, optionalObject, optionalText, textAt } from './read.ts';
import { textOfDetails } from './reasoning-details.ts';

export interface Conversation {
  readonly system: readonly TextPart[];
  readonly turns: readonly Turn[];
  /** The `name` of messages, by the index of the turn that they became. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * The messages of a Chat request as turns. Neighbouring `tool` messages become one user turn; what stands before the first message of
 * a conversation with role system or developer is the system text.
 *
 * @throws RelayError invalid_request with the path of what is malformed
 */
export function parseMessages(value: unknown, losses: Losses): Conversation {
  const messages = arrayAt(value, 'messages');
  if (messages.length === 0) throw bad('messages', 'must not be empty');
  const reader = new MessageReader(losses);
  for (const [index, message] of messages.entries()) {
    reader.read(objectAt(message, `messages.${index}`), `messages.${index}`);
  }
  return reader;
}

class MessageReader implements Conversation {
  readonly system: TextPart[] = [];
  readonly turns: Turn[] = [];
  readonly names: Record<string, string> = {};
  readonly #losses: Losses;
  readonly #toolNames = new Map<string, string>();
  /** The results of the step that is being read. */
  #results: Part[] | undefined;
  /** Legacy function calls have no id: their results are matched by name. */
  readonly #legacyCalls = new Map<string, string>();

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  read(message: JsonObject, path: string): void {
    const role = message['role'];
    if (role !== 'tool' && role !== 'function') this.#results = undefined;
    switch (role) {
      case 'system':
      case 'developer':
        return this.#system(message, path);
      case 'user':
        return this.#turn('user', parseContent(message['content'], `${path}.content`), message, path);
      case 'assistant':
        return this.#turn('assistant', this.#answer(message, path), message, path);
      case 'tool':
        return this.#result(textAt(message['tool_call_id'], `${path}.tool_call_id`), message, path);
      case 'function':
        return this.#result(this.#legacyCalls.get(textAt(message['name'], `${path}.name`)) ?? '', message, path);
      default:
        throw bad(`${path}.role`, 'must be system, developer, user, assistant or tool');
    }
  }

  #turn(role: Turn['role'], parts: readonly Part[], message: JsonObject, path: string): void {
    const name = optionalText(message['name'], `${path}.name`);
    if (name !== undefined) this.names[this.turns.length] = name;
    this.turns.push({ role, parts });
  }

  #system(message: JsonObject, path: string): void {
    const parts = textsOnly(parseContent(message['content'], `${path}.content`), `${path}.content`);
    if (this.turns.length > 0) return this.#turn('system', parts, message, path);
    if (message['name']) this.#losses.add(`${path}.name`, 'a system text has no name');
    this.system.push(...parts.filter((part) => part.text !== ''));
  }

  #result(callId: string, message: JsonObject, path: string): void {
    const parts = parseContent(message['content'], `${path}.content`);
    const known = parts.filter(isResultContent);
    if (known.length < parts.length) throw bad(`${path}.content`, 'holds what cannot be the result of a tool');
    if (!this.#results) {
      this.#results = [];
      this.turns.push({ role: 'user', parts: this.#results });
    }
    const result = { kind: 'tool_result', callId, name: this.#toolNames.get(callId), parts: known } as const;
    this.#results.push({ ...result, isError: false });
  }

  #answer(message: JsonObject, path: string): Part[] {
    const parts = [...thinkingOf(message, path), ...spokenOf(message, path)];
    const audio = optionalObject(message['audio'], `${path}.audio`);
    if (audio) parts.push({ kind: 'opaque', protocol: 'openai-chat', name: 'audio', value: audio });
    const calls = optionalArray(message['tool_calls'], `${path}.tool_calls`) ?? [];
    for (const [index, call] of calls.entries()) {
      parts.push(this.#remember(parseCall(call, `${path}.tool_calls.${index}`)));
    }
    const legacy = optionalObject(message['function_call'], `${path}.function_call`);
    if (legacy) parts.push(this.#legacyCall(legacy, `${path}.function_call`));
    return parts;
  }

  #remember(call: ToolCallPart): ToolCallPart {
    this.#toolNames.set(call.id, call.name);
    return call;
  }

  #legacyCall(call: JsonObject, path: string): ToolCallPart {
    const name = textAt(call['name'], `${path}.name`);
    const id = `call_${this.turns.length}`;
    this.#legacyCalls.set(name, id);
    const input = optionalText(call['arguments'], `${path}.arguments`) ?? '';
    return this.#remember({ kind: 'tool_call', id, name, form: 'json', input });
  }
}

function textsOnly(parts: readonly Part[], path: string): TextPart[] {
  return parts.map((part, index) => {
    if (part.kind !== 'text') throw bad(`${path}.${index}`, 'must be text');
    return part;
  });
}

function isResultContent(part: Part): part is ToolResultPart['parts'][number] {
  return part.kind === 'text' || part.kind === 'image' || part.kind === 'document';
}

/** What compatible vendors call the thinking of an answer; OpenAI itself tells none. */
function thinkingOf(message: JsonObject, path: string): Part[] {
  const details = Array.isArray(message['reasoning_details']) ? message['reasoning_details'] : [];
  const told = optionalText(message['reasoning_content'], `${path}.reasoning_content`) ?? asText(message['reasoning']);
  const text = told ?? textOfDetails(details);
  if (details.length === 0) return text.trim() === '' ? [] : [{ kind: 'thinking', text }];
  const signature = openSignature(JSON.stringify(details), 'openai-chat');
  return [{ kind: 'thinking', text, signature, isRedacted: text === '' || undefined }];
}

function spokenOf(message: JsonObject, path: string): Part[] {
  const parts = parseContent(message['content'], `${path}.content`).filter(
    (part) => part.kind !== 'text' || part.text !== '',
  );
  const refusal = optionalText(message['refusal'], `${path}.refusal`);
  if (refusal) parts.push({ kind: 'refusal', text: refusal });
  const citations = citationsOf(message['annotations']);
  if (citations.length === 0) return parts;
  return parts.map((part) => (part.kind === 'text' ? { ...part, citations } : part));
}

function parseCall(value: unknown, path: string): ToolCallPart {
  const call = objectAt(value, path);
  const id = textAt(call['id'], `${path}.id`);
  const signature = callSignature(call);
  const custom = optionalObject(call['custom'], `${path}.custom`);
  if (custom) {
    const name = textAt(custom['name'], `${path}.custom.name`);
    return {
      kind: 'tool_call',
      id,
      name,
      form: 'text',
      input: textAt(custom['input'], `${path}.custom.input`),
      signature,
    };
  }
  const called = objectAt(call['function'], `${path}.function`);
  const name = textAt(called['name'], `${path}.function.name`);
  const input = optionalText(called['arguments'], `${path}.function.arguments`) ?? '';
  return { kind: 'tool_call', id, name, form: 'json', input, signature };
}

/** The slot in which Google's compatible endpoint signs its calls, and in which we let Gemini's signatures travel. */
function callSignature(call: JsonObject): Signature | undefined {
  return openSignature(thoughtSignature(call), 'openai-chat');
}

export function thoughtSignature(call: JsonObject): string | undefined {
  return asText(asObject(asObject(call['extra_content'])?.['google'])?.['thought_signature']);
}
