import type { Usage } from '@ai-bridge/domain';
import { byte, skipSpace, standsAt } from '../json/bytes.ts';
import { asObject, asText, type JsonObject, parseObject } from '../json/parse.ts';
import { readOpenAiUsage } from '../usage/openai.ts';
import { fieldValueStart, parseEvent } from './events.ts';
import { type EventReader, readUpstreamError, type UpstreamError, type Verdict } from './reader.ts';

const namePrefix = 'response.';
const dataPrefix = '{"type":"response.';
/** No event name is longer. */
const maxNameBytes = 64;
const deltaKey = '"delta":';

/** Deltas whose text is billed output. Summaries of reasoning are not: the reasoning itself is, and stays hidden. */
const tokenDeltas = new Set([
  'output_text.delta',
  'refusal.delta',
  'reasoning_text.delta',
  'function_call_arguments.delta',
  'custom_tool_call_input.delta',
  'mcp_call_arguments.delta',
  'code_interpreter_call_code.delta',
]);
const preambles = new Set(['created', 'in_progress', 'queued']);
const terminals = new Set(['completed', 'incomplete', 'failed']);

/** `response.completed`, `response.incomplete` and `response.failed` are the terminal events; only these are parsed. */
export class ResponsesReader implements EventReader {
  usageIsFinal = false;
  error: UpstreamError | undefined;
  contentEvents = 0;
  readonly isWholeWithoutTerminal = false;
  readonly terminalMayRepeat = false;
  #usage: Usage | undefined;

  usage(): Usage | undefined {
    return this.#usage;
  }

  read(buffer: Buffer, start: number, end: number): Verdict {
    const name = plainName(buffer, start, end);
    if (name === undefined || terminals.has(name)) return this.#readParsed(buffer, start, end);
    if (preambles.has(name)) return 'pass';
    if (tokenDeltas.has(name) && hasText(buffer, start, end)) this.contentEvents++;
    return 'content';
  }

  readOversized(beginning: Buffer): Verdict {
    const name = plainName(beginning, 0, beginning.length);
    if (name === undefined || preambles.has(name)) return 'pass';
    return terminals.has(name) ? 'terminal' : 'content';
  }

  #readParsed(buffer: Buffer, start: number, end: number): Verdict {
    const event = parseEvent(buffer, start, end);
    const data = event.data === undefined ? undefined : parseObject(Buffer.from(event.data));
    const type = event.name ?? asText(data?.['type']);
    if (type === 'error' || (type === undefined && data?.['error'])) {
      this.error = readUpstreamError(data?.['error'] ?? data);
      return 'error';
    }
    if (type === undefined || !type.startsWith('response.')) return 'pass';
    const name = type.slice('response.'.length);
    if (terminals.has(name)) return this.#readTerminal(name, asObject(data?.['response']));
    if (tokenDeltas.has(name) && asText(data?.['delta'])) this.contentEvents++;
    return preambles.has(name) ? 'pass' : 'content';
  }

  #readTerminal(name: string, response: JsonObject | undefined): Verdict {
    const raw = asObject(response?.['usage']);
    const usage = raw && readOpenAiUsage(raw);
    if (usage) {
      this.#usage = usage;
      this.usageIsFinal = true;
    }
    if (name === 'failed') this.error = readUpstreamError(response?.['error']);
    return 'terminal';
  }
}

/** What follows `response.` in the event's name, where that stands at the event's very beginning. */
function plainName(buffer: Buffer, start: number, end: number): string | undefined {
  let from = fieldValueStart(buffer, start, end, 'event:');
  let stop: number = byte.lineFeed;
  let prefix = namePrefix;
  if (from === -1) {
    from = fieldValueStart(buffer, start, end, 'data:');
    stop = byte.quote;
    prefix = dataPrefix;
  }
  if (!standsAt(buffer, from, end, prefix)) return undefined;
  from += prefix.length;
  let to = buffer.indexOf(stop, from);
  if (to === -1 || to > end || to - from > maxNameBytes) return undefined;
  if (buffer[to - 1] === byte.carriageReturn) to--;
  return buffer.toString('latin1', from, to);
}

/** Whether the delta of an event is not empty. Nothing before it can hold a quote that is not JSON's own. */
function hasText(buffer: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (buffer[at] !== byte.quote || !standsAt(buffer, at, end, deltaKey)) continue;
    const value = skipSpace(buffer, at + deltaKey.length, end);
    return buffer[value] === byte.quote && buffer[value + 1] !== byte.quote;
  }
  return false;
}
