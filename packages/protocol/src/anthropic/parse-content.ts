import type { JsonObject } from '../json/parse.ts';
import type { Citation, DocumentPart, ImagePart, Part, TextPart, ToolResultPart } from '../neutral/parts.ts';
import { openSignature, type Signature } from '../neutral/signature.ts';
import { readCacheMark } from './cache-marks.ts';
import { isCallSeal, openCallSeal } from './call-seal.ts';
import { readCitation } from './citations.ts';
import type { ExactInputs } from './exact-input.ts';
import { badField, objectAt, optionalArray, optionalFlag, optionalText, requiredText } from './fields.ts';
import type { LossList } from './loss-list.ts';
import { parseSource } from './parse-media.ts';

/** What reading one request needs all the way down. */
export interface Reading {
  readonly losses: LossList;
  readonly inputs: ExactInputs;
}

type Place = readonly (string | number)[];

/** Fields of each block that have a neutral name; a block with others keeps its meaning without them. */
const knownFields: Readonly<Record<string, ReadonlySet<string>>> = {
  text: new Set(['type', 'text', 'citations', 'cache_control']),
  image: new Set(['type', 'source', 'cache_control']),
  document: new Set(['type', 'source', 'title', 'context', 'citations', 'cache_control']),
  thinking: new Set(['type', 'thinking', 'signature']),
  redacted_thinking: new Set(['type', 'data']),
  tool_use: new Set(['type', 'id', 'name', 'input', 'caller', 'cache_control']),
  tool_result: new Set(['type', 'tool_use_id', 'content', 'is_error', 'cache_control']),
};

/**
 * The parts of a message, a system prompt or a tool result.
 *
 * @param place keys and indexes that lead to the content in the body
 * @throws RelayError invalid_request
 */
export function parseContent(content: unknown, place: Place, reading: Reading): readonly Part[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) throw badField(place.join('.'), 'must be a string or an array');
  const parts: Part[] = [];
  let signature: Signature | undefined;
  for (const [index, entry] of content.entries()) {
    const blockPlace = [...place, index];
    const block = objectAt(entry, blockPlace.join('.'));
    if (isCallSeal(block)) {
      signature = openCallSeal(block);
      continue;
    }
    const part = parseBlock(block, blockPlace, reading);
    parts.push(part.kind === 'tool_call' && signature ? { ...part, signature } : part);
    signature = undefined;
  }
  return parts;
}

function parseBlock(block: JsonObject, place: Place, reading: Reading): Part {
  const path = `${place.join('.')}.`;
  const type = requiredText(block, 'type', path);
  const cache = readCacheMark(block, path);
  const opaque: Part = { kind: 'opaque', protocol: 'anthropic-messages', name: type, value: block, cache };
  const part = isOneOfAKind(block, type) ? opaque : (parseKnown(type, block, place, reading) ?? opaque);
  if (part.kind !== 'opaque') reportUnknownFields(type, block, path, reading.losses);
  return cache && part.kind !== 'thinking' && part.kind !== 'refusal' ? { ...part, cache } : part;
}

/** Calls of toolsets, and calls made by code that runs at the provider, mean something to Anthropic only. */
function isOneOfAKind(block: JsonObject, type: string): boolean {
  if (type !== 'tool_use' && type !== 'tool_result') return false;
  if (block['toolset_name'] !== undefined && block['toolset_name'] !== null) return true;
  const caller = block['caller'];
  return typeof caller === 'object' && caller !== null && (caller as JsonObject)['type'] !== 'direct';
}

function parseKnown(type: string, block: JsonObject, place: Place, reading: Reading): Part | undefined {
  const path = `${place.join('.')}.`;
  switch (type) {
    case 'text':
      return parseText(block, path);
    case 'image': {
      const source = parseSource(block, path, 'image');
      return source && ({ kind: 'image', source } satisfies ImagePart);
    }
    case 'document':
      return parseDocument(block, path);
    case 'thinking':
      return {
        kind: 'thinking',
        text: requiredText(block, 'thinking', path),
        signature: openSlot(optionalText(block, 'signature', path)),
      };
    case 'redacted_thinking':
      return {
        kind: 'thinking',
        text: '',
        isRedacted: true,
        signature: openSlot(requiredText(block, 'data', path)),
      };
    case 'tool_use':
      return {
        kind: 'tool_call',
        id: requiredText(block, 'id', path),
        name: requiredText(block, 'name', path),
        form: 'json',
        input: reading.inputs.textOf(block['input'] ?? {}, [...place, 'input']),
      };
    case 'tool_result':
      return parseToolResult(block, place, reading);
    default:
      return undefined;
  }
}

function parseText(block: JsonObject, path: string): TextPart {
  const citations = optionalArray(block, 'citations', path);
  return {
    kind: 'text',
    text: requiredText(block, 'text', path),
    ...(citations && citations.length > 0 ? { citations: citations.map(readCitationOf(path)) } : {}),
  };
}

function readCitationOf(path: string): (value: unknown, index: number) => Citation {
  return (value, index) => readCitation(objectAt(value, `${path}citations.${index}`));
}

function parseDocument(block: JsonObject, path: string): DocumentPart | undefined {
  const source = parseSource(block, path, 'document');
  if (!source) return undefined;
  const citations = block['citations'];
  const isCited = optionalFlag(objectAt(citations ?? {}, `${path}citations`), 'enabled', `${path}citations.`);
  return {
    kind: 'document',
    source,
    title: optionalText(block, 'title', path),
    context: optionalText(block, 'context', path),
    isCited,
  };
}

/** @returns undefined where it holds blocks that only Anthropic knows */
function parseToolResult(block: JsonObject, place: Place, reading: Reading): ToolResultPart | undefined {
  const path = `${place.join('.')}.`;
  const content = block['content'] ?? [];
  const parts: (TextPart | ImagePart | DocumentPart)[] = [];
  for (const part of parseContent(content, [...place, 'content'], reading)) {
    if (part.kind !== 'text' && part.kind !== 'image' && part.kind !== 'document') return undefined;
    parts.push(part);
  }
  return {
    kind: 'tool_result',
    callId: requiredText(block, 'tool_use_id', path),
    parts,
    isError: optionalFlag(block, 'is_error', path) ?? false,
  };
}

/** What our encoder writes where there was no signature is an envelope of nothing. */
function openSlot(slot: string | undefined): Signature | undefined {
  const signature = openSignature(slot, 'anthropic-messages');
  return signature?.blob === '' ? undefined : signature;
}

function reportUnknownFields(type: string, block: JsonObject, path: string, losses: LossList): void {
  const known = knownFields[type];
  for (const key of Object.keys(block)) {
    if (!known?.has(key) && block[key] !== null) losses.add(`${path}${key}`, 'cannot be translated');
  }
}
