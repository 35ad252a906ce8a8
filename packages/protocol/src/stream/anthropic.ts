import type { Usage } from '@ai-bridge/domain';
import { byte, standsAt } from '../json/bytes.ts';
import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import { type AnthropicCounters, anthropicUsageOf, mergeAnthropicCounters } from '../usage/anthropic.ts';
import { contentEnd, fieldValueStart, parseEvent } from './events.ts';
import { plainRun } from './plain-run.ts';
import { type EventReader, readUpstreamError, type UpstreamError, type Verdict } from './reader.ts';
import { endsInEmptyText } from './tail.ts';

const blockEvent = 'content_block_';
const deltaEvent = 'content_block_delta';
/** What stands before the index where the data is laid out as Anthropic does, and how far into it. */
const compactIndex = '"index":';
const compactIndexOffset = '{"type":"content_block_delta",'.length;
const compactDelta = ',"delta":{"type":"';

/** `message_stop` is the terminal event. Only events that are not about content blocks are parsed. */
export class AnthropicReader implements EventReader {
  usageIsFinal = false;
  error: UpstreamError | undefined;
  contentEvents = 0;
  readonly isWholeWithoutTerminal = false;
  readonly terminalMayRepeat = false;
  #counters: AnthropicCounters = {};

  usage(): Usage | undefined {
    return anthropicUsageOf(this.#counters);
  }

  read(buffer: Buffer, start: number, end: number): Verdict {
    const nameStart = fieldValueStart(buffer, start, end, 'event:');
    if (nameStart !== -1) {
      if (standsAt(buffer, nameStart, end, blockEvent)) {
        const isDelta = buffer[nameStart + blockEvent.length] === 0x64;
        if (isDelta && hasTokens(buffer, start, nameStart + deltaEvent.length, end)) this.contentEvents++;
        return 'content';
      }
      if (standsAt(buffer, nameStart, end, 'ping')) return 'pass';
    }
    const { name, data } = parseEvent(buffer, start, end);
    if (data === undefined) return 'pass';
    return this.#readParsed(name, parseObjectText(data));
  }

  run(source: string, at: number): number {
    const { end, events } = plainRun(source, at);
    this.contentEvents += events;
    return end;
  }

  readOversized(beginning: Buffer): Verdict {
    const nameStart = fieldValueStart(beginning, 0, beginning.length, 'event:');
    return standsAt(beginning, nameStart, beginning.length, blockEvent) ? 'content' : 'pass';
  }

  #readParsed(name: string | undefined, data: JsonObject | undefined): Verdict {
    switch (name ?? asText(data?.['type'])) {
      case 'message_start':
        this.#take(asObject(asObject(data?.['message'])?.['usage']));
        return 'pass';
      case 'message_delta':
        this.usageIsFinal = this.#take(asObject(data?.['usage'])) || this.usageIsFinal;
        return 'pass';
      case 'message_stop':
        return 'terminal';
      case 'error':
        this.error = readUpstreamError(data?.['error'] ?? data);
        return 'error';
      case 'content_block_delta':
        if (isTokenDelta(data)) this.contentEvents++;
        return 'content';
      case 'content_block_start':
      case 'content_block_stop':
        return 'content';
      default:
        return 'pass';
    }
  }

  /** @returns whether the output was told */
  #take(usage: JsonObject | undefined): boolean {
    if (!usage) return false;
    this.#counters = mergeAnthropicCounters(this.#counters, usage);
    return typeof usage['output_tokens'] === 'number';
  }
}

/**
 * Whether a content_block_delta event carries at least a token; in the usual compact layout, without parsing it.
 *
 * @param nameEnd the index behind the event's name
 */
function hasTokens(buffer: Buffer, start: number, nameEnd: number, end: number): boolean {
  const typeStart = compactTypeStart(buffer, nameEnd, end);
  if (typeStart !== -1) {
    // text_delta, thinking_delta, input_json_delta: told from signatures and citations by the first letter.
    if (buffer[typeStart] !== 0x74 && buffer[typeStart] !== 0x69) return false;
    const textEnd = contentEnd(buffer, start, end) - 2;
    // With the type behind the text, this is the end of the type's name.
    const isText = standsAt(buffer, textEnd - 1, end, '"}}') && !standsAt(buffer, textEnd - 7, end, '_delta"');
    if (isText) return !endsInEmptyText(buffer, textEnd);
  }
  return isTokenDelta(parseObjectText(parseEvent(buffer, start, end).data ?? ''));
}

/** Where the delta's type stands, if the data is laid out as Anthropic does; else -1. */
function compactTypeStart(buffer: Buffer, nameEnd: number, end: number): number {
  const lineEnd = buffer[nameEnd] === byte.carriageReturn ? nameEnd + 2 : nameEnd + 1;
  const dataStart = fieldValueStart(buffer, lineEnd, end, 'data:');
  if (dataStart === -1 || !standsAt(buffer, dataStart + compactIndexOffset, end, compactIndex)) return -1;
  let at = dataStart + compactIndexOffset + compactIndex.length;
  while ((buffer[at] as number) >= byte.zero && (buffer[at] as number) <= byte.nine) at++;
  return standsAt(buffer, at, end, compactDelta) ? at + compactDelta.length : -1;
}

function isTokenDelta(data: JsonObject | undefined): boolean {
  const delta = asObject(data?.['delta']);
  return ['text', 'thinking', 'partial_json'].some((field) => asText(delta?.[field]) !== undefined);
}
