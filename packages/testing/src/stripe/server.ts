import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { masked } from './account.ts';
import { StripeFailure } from './failure.ts';
import { parseForm } from './form.ts';
import type { Answer, IdempotencyKeys } from './keys.ts';
import { answerCall, type RouteContext } from './routes.ts';
import { expireOldSessions } from './sessions.ts';

/** One call that arrived. */
export interface StripeCall {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly apiVersion: string | undefined;
}

/** What goes wrong, call by call. */
export type Mishap = { readonly status: number } | 'lose reply';

export interface ServerContext extends Omit<RouteContext, 'origin'> {
  readonly keys: IdempotencyKeys;
  readonly calls: StripeCall[];
  /** Takes the next mishap that is meant for this call. */
  readonly mishapOf: (call: StripeCall) => Mishap | undefined;
}

export function createStripeServer(context: ServerContext): http.Server {
  return http.createServer((request, response) => {
    respond(context, request, response).catch((error) => response.destroy(error as Error));
  });
}

async function respond(
  context: ServerContext,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const origin = `http://${request.headers.host}`;
  const url = new URL(request.url ?? '/', origin);
  const body = Buffer.concat(chunks).toString('utf8');
  const call = {
    ...{ method: request.method ?? 'GET', path: url.pathname },
    idempotencyKey: header(request, 'idempotency-key'),
    apiVersion: header(request, 'stripe-version'),
  };
  context.calls.push(call);
  const mishap = context.mishapOf(call);
  const key = (header(request, 'authorization') ?? '').replace(/^Bearer /, '');
  const isAllowed = key === context.secretKey;
  const text = call.method === 'GET' ? url.search.slice(1) : body;
  const answer = isAllowed ? answerUnless(mishap, () => answerOnce(context, call, text, origin)) : unauthorized(key);
  if (mishap === 'lose reply') {
    response.destroy();
    return;
  }
  const json = Buffer.from(JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    ...{ 'content-type': 'application/json', 'content-length': json.length },
    ...{ 'request-id': `req_${randomBytes(7).toString('hex')}`, 'stripe-version': call.apiVersion ?? '' },
  });
  response.end(json);
}

function answerUnless(mishap: Mishap | undefined, answer: () => Answer): Answer {
  if (typeof mishap !== 'object') return answer();
  return { status: mishap.status, body: { error: { type: 'api_error', message: 'An error occurred' } } };
}

function answerOnce(context: ServerContext, call: StripeCall, body: string, origin: string): Answer {
  const key = call.method === 'POST' ? call.idempotencyKey : undefined;
  const known = key && remembered(context.keys, key, call.path, body);
  if (known) return known;
  try {
    expireOldSessions(context.store);
    const answer = { status: 200, body: answerCall({ ...context, origin }, call.method, call.path, parseForm(body)) };
    if (key) context.keys.end(key, structuredClone(answer));
    return answer;
  } catch (error) {
    const answer = answerOf(error);
    if (key && error instanceof StripeFailure && error.isBegun) context.keys.end(key, answer);
    else if (key) context.keys.drop(key);
    return answer;
  }
}

function remembered(keys: IdempotencyKeys, key: string, path: string, body: string): Answer | undefined {
  try {
    return keys.begin(key, path, body);
  } catch (error) {
    return answerOf(error);
  }
}

function answerOf(error: unknown): Answer {
  if (!(error instanceof StripeFailure)) throw error;
  const { status, message, type, code } = error;
  return { status, body: { error: { type, message, ...(code ? { code } : {}) } } };
}

function unauthorized(key: string): Answer {
  const message = `Invalid API Key provided: ${masked(key)}`;
  return { status: 401, body: { error: { type: 'invalid_request_error', message } } };
}

function header(request: http.IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
