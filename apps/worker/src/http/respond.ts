import type { ServerResponse } from 'node:http';
import type { RelayError } from '@ai-bridge/domain';
import { type ErrorContext, pickLanguage, renderError } from '@ai-bridge/protocol';
import type { Exchange } from './exchange.ts';
import { type HeaderLines, headerLine } from './header-lines.ts';

/** Lets browser tools (Claude for Office, playgrounds) read answers and errors. Keys travel in headers, never in cookies. */
export const corsHeaders: readonly string[] = [
  'access-control-allow-origin',
  '*',
  'access-control-expose-headers',
  'request-id, x-request-id, x-bridge-provider, x-bridge-model, x-bridge-attempts, x-bridge-converted, retry-after',
];
export const corsLines: HeaderLines = linesOf(corsHeaders);

/** Answers with an error in the client's protocol. Does nothing once an answer has begun. */
export function sendError(exchange: Exchange, error: RelayError, extraHeaders: readonly string[] = []): void {
  const { response } = exchange;
  if (response.hasBegun || response.destroyed) return;
  const { status, headers, body } = renderError(exchange.protocol, error, errorContext(exchange));
  // Half a body may still be on its way; the connection cannot be used again then.
  const close = exchange.request.complete ? [] : ['connection', 'close'];
  response.writeHead(status, [
    ...Object.entries(headers).flat(),
    ...corsHeaders,
    ...extraHeaders,
    ...close,
    'content-length',
    String(body.length),
  ]);
  response.end(body);
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

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: readonly string[] = [],
): void {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  response.writeHead(status, [
    'content-type',
    'application/json; charset=utf-8',
    'content-length',
    String(body.length),
    ...corsHeaders,
    ...headers,
  ]);
  response.end(body);
}

function linesOf(headers: readonly string[]): HeaderLines {
  return headers.map((text, index) => (index % 2 === 0 ? '' : headerLine(headers[index - 1] ?? '', text))).join('');
}
