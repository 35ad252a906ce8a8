import { errorCodes, type Protocol, type RelayError, type Usage } from '@ai-bridge/domain';
import { writeUsage } from '../responses/usage.ts';
import { errorKinds } from './kinds.ts';
import type { Language } from './language.ts';
import { errorMessage } from './messages.ts';

export interface ErrorContext {
  readonly requestId: string;
  readonly language: Language;
  /** Where people find the console, without a slash at its end; undefined where that is not known. */
  readonly consoleUrl?: string | undefined;
}

export interface StreamErrorContext extends ErrorContext {
  /** What a Responses stream counts its events by; the number behind the last one that was sent. */
  readonly sequenceNumber?: number;
  /** The model of the answer that fails, for the Responses object. */
  readonly model?: string;
  /** Unix seconds at which that answer began. */
  readonly createdAtSeconds?: number;
  /** The id that the stream has named so far, for the Responses object; ours where it has named none. */
  readonly responseId?: string;
  /** Items of the answer that were finished, for the Responses object. */
  readonly output?: readonly unknown[];
  /** What the customer pays for, for the Responses object. */
  readonly usage?: Usage;
}

export interface RenderedError {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An error as an HTTP answer in the client's own protocol. */
export function renderError(protocol: Protocol, error: RelayError, context: ErrorContext): RenderedError {
  const body = Buffer.from(JSON.stringify(errorBody(protocol, error, context)));
  return { status: statusOf(protocol, error), headers: headersOf(protocol, error, context), body };
}

/**
 * An error as the last event of a stream that has begun: one SSE event of that protocol, to be put behind whole events.
 * A chat stream gets no `[DONE]` after it, or clients would take the answer for complete.
 */
export function renderStreamError(protocol: Protocol, error: RelayError, context: StreamErrorContext): Buffer {
  if (protocol === 'openai-responses') return responsesFailure(error, context);
  const name = protocol === 'anthropic-messages' ? 'event: error\n' : '';
  return Buffer.from(`${name}data: ${JSON.stringify(errorBody(protocol, error, context))}\n\n`);
}

function statusOf(protocol: Protocol, error: RelayError): number {
  const anthropicStatus = errorKinds[error.code].anthropicStatus;
  return protocol === 'anthropic-messages' && anthropicStatus ? anthropicStatus : error.status;
}

function headersOf(protocol: Protocol, error: RelayError, { requestId }: ErrorContext): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-request-id': requestId };
  if (protocol === 'anthropic-messages') headers['request-id'] = requestId;
  const seconds = retryAfterSeconds(error);
  if (seconds !== undefined) headers['retry-after'] = String(seconds);
  if (!isWorthRetrying(error, seconds)) headers['x-should-retry'] = 'false';
  return headers;
}

function isWorthRetrying({ code }: RelayError, afterSeconds = 0): boolean {
  return errorCodes[code].retry && afterSeconds <= (errorKinds[code].maxRetriedSeconds ?? afterSeconds);
}

/** Whole seconds, at least one; SDKs take fractions and zero for "at once". */
function retryAfterSeconds({ code, detail }: RelayError): number | undefined {
  if (!errorCodes[code].retry) return undefined;
  const seconds = detail.retryAfterSeconds ?? errorKinds[code].retryAfterSeconds;
  return seconds === undefined ? undefined : Math.max(1, Math.ceil(seconds));
}

function errorBody(protocol: Protocol, error: RelayError, context: ErrorContext): unknown {
  const { requestId } = context;
  const kind = errorKinds[error.code];
  const message = errorMessage(error, context.language, context.consoleUrl);
  switch (protocol) {
    case 'anthropic-messages':
      return { type: 'error', error: { type: kind.anthropic, message }, request_id: requestId };
    case 'openai-chat':
    case 'openai-responses': {
      const [type, code] = kind.openai;
      return { error: { message, type, param: error.detail.path ?? null, code, request_id: requestId } };
    }
    case 'gemini':
      return { error: { code: error.status, message, status: kind.gemini, details: geminiDetails(error, requestId) } };
  }
}

function geminiDetails(error: RelayError, requestId: string): unknown[] {
  const details: unknown[] = [{ '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId }];
  const seconds = retryAfterSeconds(error);
  if (seconds !== undefined) {
    details.push({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` });
  }
  return details;
}

/** `response.failed` rather than `error`: Codex acts on the code in it, and SDKs know both. */
function responsesFailure(error: RelayError, context: StreamErrorContext): Buffer {
  const event = {
    type: 'response.failed',
    sequence_number: context.sequenceNumber ?? 0,
    response: {
      id: context.responseId ?? `resp_${context.requestId}`,
      object: 'response',
      created_at: Math.floor(context.createdAtSeconds ?? 0),
      status: 'failed',
      error: responsesError(error, context),
      incomplete_details: null,
      model: context.model ?? error.detail.model ?? '',
      output: context.output ?? [],
      usage: context.usage ? writeUsage(context.usage) : null,
      metadata: { request_id: context.requestId },
    },
  };
  return Buffer.from(`event: response.failed\ndata: ${JSON.stringify(event)}\n\n`);
}

/** An error as a failed Responses object names it. */
export function responsesError(error: RelayError, context: ErrorContext): { code: string; message: string } {
  const kind = errorKinds[error.code];
  const code = kind.responsesCode ?? kind.openai[1] ?? kind.openai[0];
  return { code, message: errorMessage(error, context.language, context.consoleUrl) };
}
