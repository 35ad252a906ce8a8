import { asObject, type JsonObject } from '../json/parse.ts';
import type { Part, TextPart, ToolCallPart, ToolResultPart } from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import { idOfPastCall } from './call-ids.ts';
import { arrayOf, bad, objectOf, readObject, requiredTextOf, textOf } from './fields.ts';
import type { Losses } from './losses.ts';
import { parsePart } from './parse-part.ts';
import { parseResponse } from './parse-response.ts';
import { openSlot } from './signature-slot.ts';

/** Gemini takes a turn without a role for the user's; `function` is the old role of results. */
const roles: ReadonlyMap<string, Turn['role']> = new Map([
  ['user', 'user'],
  ['function', 'user'],
  ['model', 'assistant'],
]);

/** A call that waits for its result. */
interface PendingCall {
  readonly id: string;
  readonly name: string;
}

/** @throws RelayError invalid_request with the path of what is malformed */
export function parseContents(contents: readonly unknown[], losses: Losses): readonly Turn[] {
  return new ContentsReader(losses).read(contents);
}

/** @throws RelayError invalid_request where it is no text */
export function parseSystem(value: unknown, losses: Losses): readonly TextPart[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return value === '' ? [] : [{ kind: 'text', text: value }];
  const path = 'systemInstruction';
  return partsOf(readObject(value, path), path).flatMap((entry, index): TextPart[] => {
    const at = `${path}.parts.${index}`;
    const [part] = parsePart(readObject(entry, at), at, losses);
    if (part?.kind !== 'text') throw bad(at, 'must be a text');
    return part.text === '' ? [] : [part];
  });
}

/** Google also reads a single part that stands without its array. */
function partsOf(content: JsonObject, path: string): readonly unknown[] {
  const single = asObject(content['parts']);
  return single ? [single] : arrayOf(content, 'parts', path);
}

class ContentsReader {
  readonly #losses: Losses;
  readonly #pending: PendingCall[] = [];
  #callsWithoutId = 0;

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  read(contents: readonly unknown[]): readonly Turn[] {
    const turns: { role: Turn['role']; parts: Part[] }[] = [];
    for (const [index, entry] of contents.entries()) {
      const path = `contents.${index}`;
      const content = readObject(entry, path);
      const role = roles.get(textOf(content, 'role', path) ?? 'user');
      if (!role) throw bad(`${path}.role`, 'must be user, model or function');
      const last = turns.at(-1);
      // The SDK keeps every chunk of a stream as a content of its own.
      const parts = role === 'assistant' && last?.role === 'assistant' ? last.parts : [];
      for (const [place, part] of partsOf(content, path).entries()) {
        this.#readPart(part, `${path}.parts.${place}`, role, parts);
      }
      if (parts !== last?.parts && parts.length > 0) turns.push({ role, parts });
    }
    return turns;
  }

  #readPart(entry: unknown, path: string, role: Turn['role'], parts: Part[]): void {
    const part = readObject(entry, path);
    const call = objectOf(part, 'functionCall', path);
    const response = call ? undefined : objectOf(part, 'functionResponse', path);
    if (call && role === 'user') throw bad(`${path}.functionCall`, 'must stand in a content of the model');
    if (response && role !== 'user') throw bad(`${path}.functionResponse`, 'must stand in a content of the user');
    if (call) parts.push(this.#readCall(call, part, path));
    else if (response) parts.push(this.#readResult(response, `${path}.functionResponse`));
    else for (const read of parsePart(part, path, this.#losses)) this.#append(parts, read, role, path);
  }

  /** Adds a part to a turn. Pieces of one answer, as they came in a stream, become one part again. */
  #append(parts: Part[], part: Part, role: Turn['role'], path: string): void {
    const last = parts.at(-1);
    if (part.kind === 'text' && part.text === '') return;
    if (part.kind === 'thinking' && role === 'user') {
      this.#losses.once(path, 'the user has no thoughts of a model');
    } else if (role === 'assistant' && part.kind === 'text' && last?.kind === 'text') {
      parts[parts.length - 1] = { ...last, text: last.text + part.text };
    } else if (part.kind === 'thinking' && last?.kind === 'thinking' && !last.signature && !part.isRedacted) {
      parts[parts.length - 1] = { ...part, text: last.text + part.text };
    } else {
      parts.push(part);
    }
  }

  /** Google's numbers are doubles on either side: parsing them loses nothing that Gemini could say. */
  #readCall(call: JsonObject, part: JsonObject, path: string): ToolCallPart {
    const at = `${path}.functionCall`;
    const name = requiredTextOf(call, 'name', at);
    const id = textOf(call, 'id', at) || idOfPastCall(this.#callsWithoutId++, name);
    const args = call['args'] === undefined ? {} : readPlainObject(call['args'], `${at}.args`);
    const signature = openSlot(textOf(part, 'thoughtSignature', path));
    this.#pending.push({ id, name });
    return { kind: 'tool_call', id, name, form: 'json', input: JSON.stringify(args), ...(signature && { signature }) };
  }

  #readResult(response: JsonObject, path: string): ToolResultPart {
    const name = requiredTextOf(response, 'name', path);
    const told = textOf(response, 'id', path) || undefined;
    const call = this.#takeCall(told, name);
    const callId = call?.id ?? told ?? idOfPastCall(this.#callsWithoutId++, name);
    return { kind: 'tool_result', callId, name, ...parseResponse(response, path, this.#losses) };
  }

  /** The call that a result answers: by id, else the first of its name that has no result yet. */
  #takeCall(id: string | undefined, name: string): PendingCall | undefined {
    const byId = id === undefined ? -1 : this.#pending.findIndex((call) => call.id === id);
    const place = byId === -1 ? this.#pending.findIndex((call) => call.name === name) : byId;
    return place === -1 ? undefined : this.#pending.splice(place, 1)[0];
  }
}

/** The client's own data: its keys stay as they are. */
function readPlainObject(value: unknown, path: string): JsonObject {
  const object = asObject(value);
  if (!object) throw bad(path, 'must be an object');
  return object;
}
