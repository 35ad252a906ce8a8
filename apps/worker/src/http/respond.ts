import type { RelayError } from '@ai-bridge/domain';
import { type ErrorContext, pickLanguage, renderError } from '@ai-bridge/protocol';
import { type HeaderLines, headerLine } from '../http1/header-lines.ts';
import type { HttpResponse } from '../http1/http-response.ts';
import type { Exchange } from './exchange.ts';

const exposedHeaders =
  'request-id, x-request-id, x-bridge-provider, x-bridge-model, x-bridge-attempts, x-bridge-converted, retry-after';
/** Lets browser tools (Claude for Office, playgrounds) read answers and errors. Keys travel in headers, never in cookies. */
export const corsLines: HeaderLines =
  headerLine('access-control-allow-origin', '*') + headerLine('access-control-expose-headers', exposedHeaders);

/** Answers with an error in the client's protocol. Does nothing once an answer has begun. */
export function sendError(exchange: Exchange, error: RelayError, extraHeaders: HeaderLines = ''): void {
  const { response } = exchange;
  if (response.hasBegun || response.isGone) return;
  const { status, headers, body } = renderError(exchange.protocol, error, errorContext(exchange));
  const lines = Object.entries(headers).map(([name, value]) => headerLine(name, value));
  response.answer(status, lines.join('') + corsLines + extraHeaders, body);
}

/** What an error's text depends on besides the error. */
export function errorContext({ request, requestId, consoleUrl }: Exchange): ErrorContext {
  return { requestId, language: pickLanguage(request.headers['accept-language'], 'en'), consoleUrl };
}

/** The headers that name the request: in every answer of the relay. */
export function requestIdLines({ requestId, protocol }: Exchange): HeaderLines {
  const line = `x-request-id: ${requestId}\r\n`;
  return protocol === 'anthropic-messages' ? `${line}request-id: ${requestId}\r\n` : line;
}

export function sendJson(response: HttpResponse, status: number, value: unknown, headers: HeaderLines = ''): void {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  response.answer(status, `content-type: application/json; charset=utf-8\r\n${corsLines}${headers}`, body);
}
