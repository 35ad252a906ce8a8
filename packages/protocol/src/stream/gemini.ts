import type { Usage } from '@ai-bridge/domain';
import { byte, findWithin, skipSpace } from '../json/bytes.ts';
import { asObject, asText, parseList, parseObject } from '../json/parse.ts';
import { type JsonSpan, type ScannedObject, scanObject } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import { addSearchQueries, readGeminiUsage, searchQueriesKey } from '../usage/gemini.ts';
import { contentEnd, fieldValueStart, parseEvent } from './events.ts';
import { type EventReader, readUpstreamError, type UpstreamError, type Verdict } from './reader.ts';

const chunkKeys = wantKeys('candidates', 'usageMetadata', 'promptFeedback', 'error');
/** A usage object is a few hundred bytes; a larger one is not kept. */
const maxUsageBytes = 16_384;
const textKey = Buffer.from('"text"');
const finishKey = Buffer.from('"finishReason"');

/**
 * A chunk with a finish reason, or with the reason why the prompt was blocked, is the terminal event; some models put
 * one on every chunk, so that the last of them counts. Every chunk tells the usage so far: the last one is kept unparsed.
 */
export class GeminiReader implements EventReader {
  usageIsFinal = false;
  error: UpstreamError | undefined;
  contentEvents = 0;
  isWholeWithoutTerminal = false;
  readonly terminalMayRepeat = true;
  #usageText: Buffer | undefined;
  #queries: Set<string> | undefined;
  #hasFinished = false;

  usage(): Usage | undefined {
    const metadata = this.#usageText && parseObject(this.#usageText);
    if (!metadata && !this.#queries) return undefined;
    return readGeminiUsage(metadata ?? {}, this.#queries);
  }

  read(buffer: Buffer, start: number, end: number): Verdict {
    this.isWholeWithoutTerminal = false;
    const dataStart = fieldValueStart(buffer, start, end, 'data:');
    const dataEnd = contentEnd(buffer, start, end);
    // With all of it on one line, the data need not be put together first.
    if (dataStart !== -1 && buffer.indexOf(byte.lineFeed, start) >= dataEnd) {
      return this.#readChunk(buffer, dataStart, dataEnd);
    }
    const { data } = parseEvent(buffer, start, end);
    if (data === undefined) return 'pass';
    const text = Buffer.from(data);
    return this.#readChunk(text, 0, text.length);
  }

  readOversized(): Verdict {
    // It may well be the last one, with the finish reason behind a large image.
    this.isWholeWithoutTerminal = true;
    return 'content';
  }

  #readChunk(buffer: Buffer, start: number, end: number): Verdict {
    const scan = scanChunk(buffer, start, end);
    if (!scan) return 'pass';
    const [candidates, usage, feedback, error] = scan.spans;
    if (error?.kind === 'object') {
      this.error = readUpstreamError(parseObject(buffer, error.start, error.end));
      return 'error';
    }
    const isLast = hasFinishReason(buffer, candidates) || isBlocked(buffer, feedback);
    this.#hasFinished ||= isLast;
    this.#takeUsage(buffer, usage);
    if (candidates && findWithin(buffer, searchQueriesKey, candidates.start, candidates.end) !== -1) {
      this.#queries = addSearchQueries(this.#queries, parseList(buffer, candidates.start, candidates.end));
    }
    if (candidates && hasText(buffer, candidates)) this.contentEvents++;
    if (isLast) return 'terminal';
    return candidates && candidates.end - candidates.start > 2 ? 'content' : 'pass';
  }

  #takeUsage(buffer: Buffer, usage: JsonSpan | undefined): void {
    if (usage?.kind !== 'object' || usage.end - usage.start > maxUsageBytes) return;
    this.#usageText = Buffer.from(buffer.subarray(usage.start, usage.end));
    this.usageIsFinal = this.#hasFinished;
  }
}

function scanChunk(buffer: Buffer, start: number, end: number): ScannedObject | undefined {
  try {
    return scanObject(buffer, chunkKeys, start, end);
  } catch {
    return undefined;
  }
}

function hasFinishReason(buffer: Buffer, candidates: JsonSpan | undefined): boolean {
  if (!candidates) return false;
  if (findWithin(buffer, finishKey, candidates.start, candidates.end) === -1) return false;
  // The key could be a word of the answer or of a function's arguments: now it is worth parsing.
  return parseList(buffer, candidates.start, candidates.end).some((candidate) =>
    asText(asObject(candidate)?.['finishReason']),
  );
}

function isBlocked(buffer: Buffer, feedback: JsonSpan | undefined): boolean {
  return (
    feedback !== undefined && asText(parseObject(buffer, feedback.start, feedback.end)?.['blockReason']) !== undefined
  );
}

/** Whether any part of the candidates has a text that is not empty. */
function hasText(buffer: Buffer, candidates: JsonSpan): boolean {
  const at = buffer.indexOf(textKey, candidates.start);
  if (at === -1 || at >= candidates.end) return false;
  const colon = skipSpace(buffer, at + textKey.length, candidates.end);
  const value = skipSpace(buffer, colon + 1, candidates.end);
  return buffer[colon] === byte.colon && buffer[value] === byte.quote && buffer[value + 1] !== byte.quote;
}
