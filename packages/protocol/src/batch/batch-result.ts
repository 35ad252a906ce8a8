import type { Usage } from '@ai-bridge/domain';
import { readBodyUsage } from '../body/usage.ts';
import { asObject, asText, type JsonObject, parseObject } from '../json/parse.ts';
import { type JsonSpan, scanObject } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import { tokenCount } from '../usage/count.ts';
import { readOpenAiUsage } from '../usage/openai.ts';

/** What an upstream says of a batch. */
export interface BatchState {
  readonly id: string;
  /** validating, in_progress, finalizing, completed, failed, expired, cancelling, cancelled; or a word that is not known yet. */
  readonly status: string;
  /** Nothing more will happen: what was done is in the output file. */
  readonly hasEnded: boolean;
  readonly inputFileId: string | undefined;
  readonly outputFileId: string | undefined;
  readonly createdAtSeconds: number | undefined;
  readonly completedLines: number | undefined;
  /** The sum over all requests, where the upstream tells one. */
  readonly usage: Usage | undefined;
}

const ended: ReadonlySet<string> = new Set(['completed', 'failed', 'expired', 'cancelled']);

/** Reads a batch object; undefined where it is none. */
export function readBatchState(body: Buffer): BatchState | undefined {
  const batch = parseObject(body);
  return batch && batchState(batch);
}

/** The batches in a list of them, and whether it goes on; undefined where it is no list. */
export function readBatchList(body: Buffer): { batches: BatchState[]; hasMore: boolean } | undefined {
  const list = parseObject(body);
  const data = list?.['data'];
  if (!Array.isArray(data)) return undefined;
  const batches = data.flatMap((one) => batchState(asObject(one) ?? {}) ?? []);
  return { batches, hasMore: list?.['has_more'] === true };
}

function batchState(batch: JsonObject): BatchState | undefined {
  const id = asText(batch['id']);
  const status = asText(batch['status']);
  if (id === undefined || status === undefined) return undefined;
  const usage = asObject(batch['usage']);
  return {
    id,
    status,
    hasEnded: ended.has(status),
    inputFileId: asText(batch['input_file_id']),
    outputFileId: asText(batch['output_file_id']),
    createdAtSeconds: secondsOf(batch['created_at']),
    completedLines: tokenCount(asObject(batch['request_counts'])?.['completed']),
    usage: usage && readOpenAiUsage(usage),
  };
}

function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/**
 * What one line of an output file comes to: failed requests cost nothing; answered ones their usage, where it is told; a line that is none
 * (half of one, a page of HTML) says nothing.
 */
export type BatchResult =
  | { readonly kind: 'failed' }
  | { readonly kind: 'answered'; readonly usage: Usage | undefined }
  | { readonly kind: 'unreadable' };

const lineKeys = wantKeys('response');
const responseKeys = wantKeys('status_code', 'body');

/** Reads a line of an output file: { custom_id, response: { status_code, body }, error }. The answer itself is walked over, not parsed. */
export function readBatchResult(line: Buffer): BatchResult {
  try {
    const response = scanObject(line, lineKeys).spans[0];
    if (!response) return { kind: 'unreadable' };
    if (response.kind === 'null') return { kind: 'failed' };
    const [status, body] = scanObject(line, responseKeys, response.start, response.end).spans;
    if (!isSuccess(line, status)) return { kind: 'failed' };
    const usage =
      body?.kind === 'object' ? readBodyUsage('openai-chat', line.subarray(body.start, body.end)) : undefined;
    return { kind: 'answered', usage };
  } catch {
    return { kind: 'unreadable' };
  }
}

function isSuccess(line: Buffer, status: JsonSpan | undefined): boolean {
  const code = status?.kind === 'number' ? Number(line.toString('latin1', status.start, status.end)) : 0;
  return code >= 200 && code < 300;
}
