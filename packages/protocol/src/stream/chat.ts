import type { Usage } from '@ai-bridge/domain';
import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import { readOpenAiUsage } from '../usage/openai.ts';
import { openAiRates } from '../usage/rates.ts';
import { plainDelta } from './chat-delta.ts';
import { contentEnd, fieldValueStart, parseEvent } from './events.ts';
import { type EventReader, readUpstreamError, type UpstreamError, type Verdict } from './reader.ts';

/** `[DONE]` is the terminal event. Chunks that are plain deltas are not parsed. */
export class ChatReader implements EventReader {
  usageIsFinal = false;
  error: UpstreamError | undefined;
  contentEvents = 0;
  isWholeWithoutTerminal = false;
  readonly terminalMayRepeat = false;
  readonly #stripUsageChunk: boolean;
  #usage: Usage | undefined;
  /** `service_tier` of the chunks. */
  #tier: string | undefined;
  #hasBegun = false;

  /** @param stripUsageChunk the client did not ask for the extra chunk that has the usage and no choices */
  constructor(stripUsageChunk: boolean) {
    this.#stripUsageChunk = stripUsageChunk;
  }

  usage(): Usage | undefined {
    if (this.#usage || this.#tier === undefined) return this.#usage;
    const rates = openAiRates(this.#tier);
    return rates && { rates };
  }

  read(buffer: Buffer, start: number, end: number): Verdict {
    const dataStart = this.#hasBegun ? fieldValueStart(buffer, start, end, 'data:') : -1;
    if (dataStart !== -1) {
      const plain = plainDelta(buffer, dataStart, contentEnd(buffer, start, end));
      if (plain === 'text') this.contentEvents++;
      if (plain !== 'other') return 'content';
    }
    const { data, name } = parseEvent(buffer, start, end);
    if (data === undefined) return 'pass';
    if (data.trimEnd() === '[DONE]') return 'terminal';
    return this.#readChunk(parseObjectText(data), name);
  }

  readOversized(): Verdict {
    this.#hasBegun = true;
    return 'content';
  }

  #readChunk(chunk: JsonObject | undefined, name: string | undefined): Verdict {
    if (!chunk) return 'pass';
    if (chunk['error'] || name === 'error') {
      this.error = readUpstreamError(chunk['error'] ?? chunk);
      return 'error';
    }
    this.#tier = asText(chunk['service_tier']) ?? this.#tier;
    const choices = Array.isArray(chunk['choices']) ? chunk['choices'].map(asObject) : undefined;
    const usage = asObject(chunk['usage']) ?? asObject(choices?.[0]?.['usage']);
    this.#takeUsage(usage, choices);
    if (choices === undefined || choices.length === 0) {
      return this.#stripUsageChunk && choices && usage ? 'drop' : 'pass';
    }
    this.#hasBegun = true;
    if (choices.some(hasText)) this.contentEvents++;
    if (choices.some((choice) => asText(choice?.['finish_reason']))) this.isWholeWithoutTerminal = true;
    return 'content';
  }

  #takeUsage(raw: JsonObject | undefined, choices: readonly (JsonObject | undefined)[] | undefined): void {
    const usage = raw && readOpenAiUsage(raw, this.#tier);
    if (!usage) return;
    this.#usage = usage;
    // Some vendors tell a running count on every chunk: it is the last word once the answer has its finish reason, here or before.
    const hasFinished = this.isWholeWithoutTerminal || choices?.some((choice) => asText(choice?.['finish_reason']));
    this.usageIsFinal = !choices?.length || hasFinished === true;
  }
}

/** Whether a choice of a chunk carries at least a token. */
function hasText(choice: JsonObject | undefined): boolean {
  const delta = asObject(choice?.['delta']);
  if (!delta) return asText(choice?.['text']) !== undefined;
  if (['content', 'reasoning_content', 'reasoning', 'refusal'].some((field) => asText(delta[field]))) return true;
  const calls = Array.isArray(delta['tool_calls']) ? delta['tool_calls'] : [];
  return calls.some((call) => asText(asObject(asObject(call)?.['function'])?.['arguments']));
}
