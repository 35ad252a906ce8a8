import type { ServerResponse } from 'node:http';
import type { RelayError } from '@ai-bridge/domain';
import { type ErrorContext, pickLanguage, renderError } from '@ai-bridge/protocol';
import type { Exchange } from './exchange.ts';

/** Lets browser tools (Claude for Office, playgrounds) read answers and errors. Keys travel in headers, never in cookies. */
export const corsHeaders: readonly string[] = [
  'access-control-allow-origin',
  '*',
  'access-control-expose-headers',
  'request-id, x-request-id, x-bridge-provider, x-bridge-model, x-bridge-attempts, x-bridge-converted, retry-after',
];

/** Answers with an error in the client's protocol. Does nothing once an answer has begun. */
export function sendError(exchange: Exchange, error: RelayError, extraHeaders: readonly string[] = []): void {
  const { response } = exchange;
  if (response.headersSent || response.destroyed) return;
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
export function errorContext({ request, requestId }: Exchange): ErrorContext {
  return { requestId, language: pickLanguage(request.headers['accept-language'], 'en') };
}

/** The headers that every answer of the relay carries. */
export function answerHeaders(exchange: Exchange): string[] {
  const headers = ['x-request-id', exchange.requestId];
  if (exchange.protocol === 'anthropic-messages') headers.push('request-id', exchange.requestId);
  return headers;
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
