import type { Usage } from '@ai-bridge/domain';
import type { StreamErrorContext } from '../errors/render.ts';
import { byte, findWithin, skipSpace, standsAt } from '../json/bytes.ts';
import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import { readOpenAiUsage } from '../usage/openai.ts';
import { fieldValueStart, parseEvent } from './events.ts';
import { type EventReader, readUpstreamError, type UpstreamError, type Verdict } from './reader.ts';
import { nextSequenceNumber, ResponseSoFar } from './response-so-far.ts';

const namePrefix = 'response.';
const dataPrefix = '{"type":"response.';
/** No event name is longer. */
const maxNameBytes = 64;
const deltaKey = '"delta":';
const flexValue = Buffer.from('flex"');

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
/** The deltas that come by the thousand: found by their bytes, as making a string of the name takes longer. */
const frequentDeltas = ['output_text.delta', 'function_call_arguments.delta'];
const preambles = new Set(['created', 'in_progress', 'queued']);
const terminals = new Set(['completed', 'incomplete', 'failed']);

/** `response.completed`, `response.incomplete` and `response.failed` are the terminal events; only these are parsed, and a beginning that names a cheaper rate. */
export class ResponsesReader implements EventReader {
  usageIsFinal = false;
  error: UpstreamError | undefined;
  contentEvents = 0;
  readonly isWholeWithoutTerminal = false;
  readonly terminalMayRepeat = false;
  readonly #soFar = new ResponseSoFar();
  #usage: Usage | undefined;
  /** Said at the beginning: an answer that is cut never says at what it was made. Only where that is cheaper is it believed. */
  #isFlex = false;

  usage(): Usage | undefined {
    return this.#usage ?? (this.#isFlex ? { rates: ['flex'] } : undefined);
  }

  read(buffer: Buffer, start: number, end: number): Verdict {
    const nameStart = plainNameStart(buffer, start, end);
    for (const frequent of frequentDeltas) {
      if (!standsAt(buffer, nameStart, end, frequent)) continue;
      if (hasText(buffer, nameStart + frequent.length, end)) this.contentEvents++;
      return 'content';
    }
    const name = plainName(buffer, nameStart, end);
    if (name === undefined || terminals.has(name)) return this.#readParsed(buffer, start, end);
    if (tokenDeltas.has(name) && hasText(buffer, nameStart, end)) this.contentEvents++;
    return this.#keep(name, buffer, start, end);
  }

  repeated(sent: Buffer): Partial<StreamErrorContext> {
    const sequenceNumber = nextSequenceNumber(sent) ?? 0;
    const { responseId, createdAtSeconds, output } = this.#soFar.repeated(sequenceNumber);
    return { sequenceNumber, output, ...(responseId && { responseId }), ...(createdAtSeconds && { createdAtSeconds }) };
  }

  readOversized(beginning: Buffer): Verdict {
    const nameStart = plainNameStart(beginning, 0, beginning.length);
    const name = plainName(beginning, nameStart, beginning.length);
    if (name === undefined || preambles.has(name)) return 'pass';
    return terminals.has(name) ? 'terminal' : 'content';
  }

  #readParsed(buffer: Buffer, start: number, end: number): Verdict {
    const event = parseEvent(buffer, start, end);
    const data = parseObjectText(event.data ?? '');
    const type = event.name ?? asText(data?.['type']);
    if (type === 'error' || (type === undefined && data?.['error'])) {
      this.error = readUpstreamError(data?.['error'] ?? data);
      return 'error';
    }
    if (type === undefined || !type.startsWith('response.')) return 'pass';
    const name = type.slice('response.'.length);
    if (terminals.has(name)) return this.#readTerminal(name, asObject(data?.['response']));
    if (tokenDeltas.has(name) && asText(data?.['delta'])) this.contentEvents++;
    return this.#keep(name, buffer, start, end);
  }

  #keep(name: string, buffer: Buffer, start: number, end: number): Verdict {
    if (preambles.has(name)) {
      if (name === 'created') this.#readBeginning(buffer, start, end);
      this.#soFar.begin(buffer, start, end);
      return 'pass';
    }
    if (name === 'output_item.done') this.#soFar.addItem(buffer, start, end);
    return 'content';
  }

  #readBeginning(buffer: Buffer, start: number, end: number): void {
    // The event repeats the whole request: it is parsed only where the word is there.
    if (findWithin(buffer, flexValue, start, end) === -1) return;
    const data = parseObjectText(parseEvent(buffer, start, end).data ?? '');
    this.#isFlex = asObject(data?.['response'])?.['service_tier'] === 'flex';
  }

  #readTerminal(name: string, response: JsonObject | undefined): Verdict {
    const raw = asObject(response?.['usage']);
    const usage = raw && readOpenAiUsage(raw, response?.['service_tier'], response?.['tool_usage']);
    if (usage) {
      this.#usage = usage;
      this.usageIsFinal = true;
    }
    if (name === 'failed') this.error = readUpstreamError(response?.['error']);
    return 'terminal';
  }
}

/** Where the event's name goes on behind `response.`, if that stands at the event's very beginning; else -1. */
function plainNameStart(buffer: Buffer, start: number, end: number): number {
  const name = fieldValueStart(buffer, start, end, 'event:');
  if (name !== -1) return standsAt(buffer, name, end, namePrefix) ? name + namePrefix.length : -1;
  const data = fieldValueStart(buffer, start, end, 'data:');
  return standsAt(buffer, data, end, dataPrefix) ? data + dataPrefix.length : -1;
}

/** The name from there on; it ends with its line, or with its string in an event without a name line. */
function plainName(buffer: Buffer, nameStart: number, end: number): string | undefined {
  if (nameStart === -1) return undefined;
  let at = nameStart;
  const last = Math.min(end, nameStart + maxNameBytes);
  while (at < last && (buffer[at] as number) > byte.quote) at++;
  return at === last ? undefined : buffer.toString('latin1', nameStart, at);
}

/** Whether the delta of an event is not empty. Only names and ids stand before it, which hold no quotes. */
function hasText(buffer: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (buffer[at] !== byte.quote || !standsAt(buffer, at, end, deltaKey)) continue;
    const value = skipSpace(buffer, at + deltaKey.length, end);
    return buffer[value] === byte.quote && buffer[value + 1] !== byte.quote;
  }
  return false;
}
