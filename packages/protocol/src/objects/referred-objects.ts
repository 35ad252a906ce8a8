import { RelayError } from '@ai-bridge/domain';
import { scanObject } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import type { ObjectKind, ObjectRef } from './object-path.ts';
import { unquote, walkStrings } from './walk-strings.ts';

/** More objects than any request names. */
const maxReferences = 2_000;

/** Keys that hold an id, or a list of them, wherever they stand. */
const keysOfIds: ReadonlyMap<string, ObjectKind> = new Map([
  ['comparison_response_id', 'response'],
  ['container', 'container'],
  ['container_id', 'container'],
  ['conversation', 'conversation'],
  ['file_id', 'file'],
  ['file_ids', 'file'],
  ['input_file_id', 'file'],
  ['previous_response_id', 'response'],
  ['skill_id', 'skill'],
  ['training_file', 'file'],
  ['validation_file', 'file'],
  ['vector_store_id', 'vector_store'],
  ['vector_store_ids', 'vector_store'],
]);

/** Objects that a request names as `{ "id": ... }` under these keys of its own. */
const keysOfObjects: ReadonlyMap<string, ObjectKind> = new Map([
  ['container', 'container'],
  ['conversation', 'conversation'],
  ['video', 'video'],
]);

/** Below these everything is the client's own data, to the upstream too. */
const keysOfData: ReadonlySet<string> = new Set([
  'arguments',
  'attributes',
  'filters',
  'input_schema',
  'json_schema',
  'metadata',
  'parameters',
  'schema',
]);

/**
 * The upstream's objects that a JSON request refers to (a batch's input, files in messages, the response to go on from ...): it has to go to the
 * channel that holds them, and only if its organization made them. No way to write a reference is overlooked: escapes and repeated keys
 * are read as any upstream could read them.
 *
 * @throws RelayError invalid_request where there are more than anybody needs
 */
export function referredObjects(body: Buffer): ObjectRef[] {
  const found = new Map<string, ObjectRef>();
  walkStrings(body.toString(), (keys, quoted) => {
    const kind = kindOf(keys);
    const id = kind && unquote(quoted);
    if (!id || (kind === 'skill' && !id.startsWith('skill_'))) return;
    found.set(`${kind} ${id}`, { kind, id });
    if (found.size > maxReferences) throw new RelayError('invalid_request', { reason: 'refers to too many objects' });
  });
  return [...found.values()];
}

function kindOf(keys: readonly string[]): ObjectKind | undefined {
  const last = keys.at(-1) ?? '';
  const kind = last === 'id' && keys.length === 2 ? keysOfObjects.get(keys[0] as string) : keysOfIds.get(last);
  return kind && !isData(keys) ? kind : undefined;
}

function isData(keys: readonly string[]): boolean {
  // The input of an Anthropic tool call stands in a message's content; that of the Responses API is the conversation itself.
  return keys.some((key, index) => keysOfData.has(key) || (key === 'input' && keys[index - 1] === 'content'));
}

const storeKeys = wantKeys('store');

/** Whether the upstream keeps the answer to a request for later: a response unless told not to, a chat completion only if told to. */
export function storesAnswer(kind: 'response' | 'chat_completion', body: Buffer): boolean {
  const store = scanObject(body, storeKeys).spans[0]?.kind;
  return kind === 'response' ? store !== 'false' : store === 'true';
}
