import type { JsonObject } from '../json/parse.ts';
import { foreignPart } from '../neutral/foreign.ts';
import { wrapFreeform } from '../neutral/freeform.ts';
import type {
  DocumentPart,
  ImagePart,
  OpaquePart,
  Part,
  TextPart,
  ThinkingPart,
  ToolCallPart,
  ToolResultPart,
} from '../neutral/parts.ts';
import type { Turn } from '../neutral/request.ts';
import { isAtHome } from '../neutral/signature.ts';
import type { MarkedJson } from './cache-marks.ts';
import { badField } from './fields.ts';
import { documentSource, imageSource } from './render-media.ts';
import type { ToolIds } from './tool-ids.ts';
import { objectText } from './tool-input.ts';
import { toolName } from './tool-name.ts';
import type { Writing } from './writing.ts';

export type BlockKind = 'text' | 'media' | 'thinking' | 'tool_call' | 'tool_result' | 'opaque';

/** A content block, ready but for its cache mark. */
export interface Block extends MarkedJson {
  readonly kind: BlockKind;
}

type Role = Turn['role'];

/**
 * One part as a block.
 *
 * @returns undefined where it is left out, the loss noted
 * @throws RelayError invalid_request where leaving it out would change what the conversation says
 */
export function renderPart(part: Part, role: Role, path: string, ids: ToolIds, writing: Writing): Block | undefined {
  switch (part.kind) {
    case 'text':
      return renderText(part, role, path, writing);
    case 'refusal':
      return renderText({ kind: 'text', text: part.text }, role, path, writing);
    case 'image':
    case 'document':
      if (role === 'assistant') throw badField(path, 'the provider takes no media in the words of the assistant');
      return renderMedia(part, path, writing);
    case 'audio':
    case 'video':
      throw badField(path, `the provider takes no ${part.kind}`);
    case 'thinking':
      return renderThinking(part, path);
    case 'tool_call':
      return renderToolCall(part, path, ids, writing);
    case 'tool_result':
      return renderToolResult(part, path, ids, writing);
    case 'opaque':
      return renderOpaque(part, path, writing);
  }
}

/** Blank text is refused by the upstream, so it is left out; nothing is lost but a mark on it. */
function renderText(part: TextPart, role: Role, path: string, { losses }: Writing): Block | undefined {
  if (part.phase) losses.add(`${path}.phase`, 'the provider has no such field');
  if (part.text.trim() === '') {
    if (part.cache) losses.add(`${path}.cache_control`, 'a blank text cannot be marked');
    return undefined;
  }
  const own = part.citations?.filter(({ protocol }) => protocol === 'anthropic-messages') ?? [];
  const written = role === 'assistant' ? own : [];
  if (part.citations && written.length < part.citations.length) {
    losses.add(`${path}.citations`, 'the provider does not take these citations');
  }
  const citations = written.length > 0 ? `,"citations":${JSON.stringify(written.map(({ value }) => value))}` : '';
  return block('text', `{"type":"text","text":${JSON.stringify(part.text)}${citations}}`, part.cache, path);
}

function renderMedia(part: ImagePart | DocumentPart, path: string, { losses }: Writing): Block {
  if (part.kind === 'image') {
    if (part.detail && part.detail !== 'auto') losses.add(`${path}.detail`, 'the provider has no such field');
    return block('media', `{"type":"image","source":${imageSource(part, path)}}`, part.cache, path);
  }
  const title = part.title ? `,"title":${JSON.stringify(part.title)}` : '';
  const context = part.context ? `,"context":${JSON.stringify(part.context)}` : '';
  const citations = part.isCited === undefined ? '' : `,"citations":{"enabled":${part.isCited}}`;
  const json = `{"type":"document","source":${documentSource(part, path)}${title}${context}${citations}}`;
  return block('media', json, part.cache, path);
}

/** Whether the target can have this thinking back: it made it, as far as is known, and signed it. */
export function isGenuine({ signature }: ThinkingPart, { target }: Writing): boolean {
  return signature !== undefined && signature.blob !== '' && isAtHome(signature, target.origin);
}

function renderThinking({ text, signature, isRedacted }: ThinkingPart, path: string): Block {
  const blob = JSON.stringify(signature?.blob ?? '');
  const json = isRedacted
    ? `{"type":"redacted_thinking","data":${blob}}`
    : `{"type":"thinking","thinking":${JSON.stringify(text)},"signature":${blob}}`;
  return block('thinking', json, undefined, path);
}

function renderToolCall(part: ToolCallPart, path: string, ids: ToolIds, { losses }: Writing): Block {
  if (part.signature) losses.add(`${path}.signature`, 'calls are not signed at this provider');
  const input =
    part.form === 'text'
      ? wrapFreeform(part.input)
      : (objectText(part.input) ?? `{"_raw":${JSON.stringify(part.input)}}`);
  const json = `{"type":"tool_use","id":"${ids.of(part.id)}","name":${JSON.stringify(toolName(part.name))},"input":${input}}`;
  return block('tool_call', json, part.cache, path);
}

function renderToolResult(part: ToolResultPart, path: string, ids: ToolIds, writing: Writing): Block {
  const blocks = part.parts.flatMap((inner, index) => {
    const rendered = renderPart(inner, 'user', `${path}.content.${index}`, ids, writing);
    return rendered ? [rendered] : [];
  });
  for (const { cache } of blocks) {
    if (cache) writing.losses.add(`${path}.content.cache_control`, 'a cache mark inside a tool result is left out');
  }
  const content = blocks.length > 0 ? `,"content":[${blocks.map(({ json }) => json).join(',')}]` : '';
  const error = part.isError ? ',"is_error":true' : '';
  const json = `{"type":"tool_result","tool_use_id":"${ids.of(part.callId)}"${content}${error}}`;
  return block('tool_result', json, part.cache, path);
}

function renderOpaque(part: OpaquePart, path: string, { losses }: Writing): Block | undefined {
  if (part.protocol !== 'anthropic-messages') {
    losses.addAll([foreignPart(part, path)]);
    return undefined;
  }
  const { cache_control: _, ...value } = part.value as JsonObject;
  const kind = part.name === 'tool_use' ? 'tool_call' : part.name === 'tool_result' ? 'tool_result' : 'opaque';
  return block(kind, JSON.stringify(value), part.cache, path);
}

function block(kind: BlockKind, json: string, cache: Block['cache'], path: string): Block {
  return { kind, json, cache, path };
}
