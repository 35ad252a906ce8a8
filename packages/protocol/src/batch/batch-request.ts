import { type Protocol, RelayError } from '@ai-bridge/domain';
import type { JsonSpan } from '../json/scan.ts';
import { scanBody } from '../json/scan.ts';
import { wantKeys } from '../json/wanted.ts';
import { type RequestHead, readRequestHead } from '../request/head.ts';

/** Endpoints whose answers' usage pays for all they do. */
export const batchEndpoints = ['/v1/chat/completions', '/v1/responses', '/v1/embeddings'] as const;
export type BatchEndpoint = (typeof batchEndpoints)[number];

/** What is needed of a request to make a batch. */
export interface BatchRequest {
  readonly inputFileId: string;
  readonly endpoint: BatchEndpoint;
}

const requestKeys = wantKeys('input_file_id', 'endpoint');

/**
 * Reads the body of POST /v1/batches; everything else in it is the upstream's business.
 * @throws RelayError invalid_request with the field's path and what is wrong with it
 */
export function readBatchRequest(body: Buffer): BatchRequest {
  const [inputFile, endpointSpan] = scanBody(body, requestKeys).spans;
  const endpoint = textOf(body, endpointSpan, 'endpoint');
  const known = batchEndpoints.find((one) => one === endpoint);
  if (!known) throw bad('endpoint', `must be one of ${batchEndpoints.join(', ')}`);
  return { inputFileId: textOf(body, inputFile, 'input_file_id'), endpoint: known };
}

/** The protocol that requests to an endpoint speak. */
export function batchProtocol(endpoint: BatchEndpoint): Protocol {
  return endpoint === '/v1/responses' ? 'openai-responses' : 'openai-chat';
}

/** One request of a batch's input file. */
export interface BatchLine {
  /** The request's own body, as it stands in the line. */
  readonly body: Buffer;
  readonly head: RequestHead;
}

const lineKeys = wantKeys('custom_id', 'method', 'url', 'body');

/**
 * Reads a line of an input file: { custom_id, method, url, body }.
 * @throws RelayError invalid_request with the field's path inside the line and what is wrong with it
 */
export function readBatchLine(line: Buffer, endpoint: BatchEndpoint): BatchLine {
  const [customId, method, url, span] = scanBody(line, lineKeys).spans;
  if (textOf(line, customId, 'custom_id') === '') throw bad('custom_id', 'must not be empty');
  if (textOf(line, method, 'method') !== 'POST') throw bad('method', 'must be POST');
  if (textOf(line, url, 'url') !== endpoint) throw bad('url', `must be the batch's endpoint, ${endpoint}`);
  if (span?.kind !== 'object') throw bad('body', 'must be an object');
  const body = line.subarray(span.start, span.end);
  const head = headOf(body, endpoint);
  // A stream has no usage that could be read out of the output file.
  if (head.stream) throw bad('body.stream', 'must not be true in a batch');
  return { body, head };
}

function headOf(body: Buffer, endpoint: BatchEndpoint): RequestHead {
  try {
    return readRequestHead(batchProtocol(endpoint), body);
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const { path, reason } = error.detail;
    throw bad(path === undefined ? 'body' : `body.${path}`, reason ?? 'cannot be understood');
  }
}

function textOf(text: Buffer, span: JsonSpan | undefined, path: string): string {
  if (span?.kind !== 'string') throw bad(path, span ? 'must be a string' : 'is required');
  return JSON.parse(text.toString('utf8', span.start, span.end)) as string;
}

function bad(path: string, reason: string): RelayError {
  return new RelayError('invalid_request', { path, reason });
}
