import http from 'node:http';
import { newId, type Protocol, RelayError } from '@ai-bridge/domain';
import { DirectRequest } from './http/direct-request.ts';
import { DirectResponse, keepAliveTimeoutMs } from './http/direct-response.ts';
import type { Exchange } from './http/exchange.ts';
import { takeQueryKeys } from './http/query-keys.ts';
import { corsHeaders, sendError } from './http/respond.ts';
import { canonicalPath, protocolOf, type RelayRoute, relayRoute } from './http/routes.ts';
import type { Introspection } from './introspection/index.ts';
import { isClosedObjectPath, isObjectPath, objectRoute } from './objects/object-route.ts';
import { relayObject } from './objects/relay-object.ts';
import type { RelayDeps } from './relay/deps.ts';
import { relay } from './relay/relay.ts';

/** Requests under way at once; each needs two file descriptors. */
const maxOpenRequests = 9_500;
const maxHeaderBytes = 32 * 1024;
const headersTimeoutMs = 15_000;
/** How long a client may take to send its whole request. */
const requestTimeoutMs = 120_000;

export interface ServerDeps {
  readonly relay: RelayDeps;
  readonly introspection: Introspection;
  /** Where people find the console; undefined where that is not known. */
  readonly consoleUrl: string | undefined;
  /** True once the process is shutting down: new work is refused. */
  isDraining(): boolean;
}

/** The worker's HTTP server: a route table in front of the relay. Not listening yet. */
export function createServer(deps: ServerDeps): http.Server {
  const server = http.createServer(
    {
      IncomingMessage: DirectRequest,
      ServerResponse: DirectResponse,
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
    (request, response) => handle(request, response, deps),
  );
  // Coding tools offer a WebSocket first and fall back to POST when they are answered in plain HTTP.
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => {});
    const body = JSON.stringify({
      error: {
        message: 'WebSocket is not offered here. Use plain HTTP.',
        type: 'invalid_request_error',
        code: 'upgrade_required',
      },
    });
    socket.end(
      `HTTP/1.1 426 Upgrade Required\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    request.resume();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return;
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  return server;
}

function handle(request: DirectRequest, response: DirectResponse, deps: ServerDeps): void {
  const url = request.url ?? '/';
  const queryStart = url.indexOf('?');
  const path = canonicalPath(queryStart < 0 ? url : url.slice(0, queryStart));
  const query = queryStart < 0 ? '' : url.slice(queryStart);
  const method = request.method ?? 'GET';
  if (method !== 'POST' && deps.introspection.handlePublic(request, response, path)) return;
  const { clock } = deps.relay;
  const route = method === 'OPTIONS' ? undefined : relayRoute(path, method, query);
  const protocol = route?.protocol ?? protocolOf(path, request.headers);
  const asked = queryOf(protocol, query);
  // Written out, not spread: every request has one, and objects of one shape are read several times as fast.
  const exchange: Exchange = {
    request,
    response,
    requestId: newId('req'),
    protocol,
    endpoint: route?.endpoint ?? path,
    query: asked.query,
    queryKeys: asked.queryKeys,
    consoleUrl: deps.consoleUrl,
    createdAtMs: clock.now(),
    startedAtMs: clock.monotonicMs(),
  };
  if (method === 'OPTIONS') return preflight(exchange);
  if (isObjectPath(path)) return handleObject(exchange, path, method, route, deps);
  if (!route) {
    return void deps.introspection.handle(exchange).catch((error) => failInternal(exchange, error, deps));
  }
  handleRelay(exchange, method, route, deps);
}

/** Paths under which an upstream keeps things; a POST there may still be one that only generates an answer. */
function handleObject(
  exchange: Exchange,
  path: string,
  method: string,
  route: RelayRoute | undefined,
  deps: ServerDeps,
): void {
  try {
    const objects = objectRoute(path, method);
    if (objects) {
      if (takesWork(exchange, deps)) void relayObject(exchange, objects, deps.relay);
    } else if (route && !isClosedObjectPath(path)) handleRelay(exchange, method, route, deps);
    else sendError(exchange, new RelayError('not_found'));
  } catch (error) {
    failInternal(exchange, error, deps);
  }
}

function handleRelay(exchange: Exchange, method: string, route: RelayRoute, deps: ServerDeps): void {
  if (method !== 'POST') return sendError(exchange, new RelayError('method_not_allowed'), ['allow', 'POST, OPTIONS']);
  if (takesWork(exchange, deps)) void relay(exchange, route, deps.relay);
}

/** Counts a request in, or refuses it: while the process shuts down, or where it has all that it can have under way. */
function takesWork(exchange: Exchange, deps: ServerDeps): boolean {
  const { counters } = deps.relay;
  const { response } = exchange;
  if (deps.isDraining()) {
    sendError(exchange, new RelayError('draining', { retryAfterSeconds: 1 }), ['connection', 'close']);
    return false;
  }
  if (counters.open >= maxOpenRequests) {
    sendError(exchange, new RelayError('overloaded', { retryAfterSeconds: 1 }));
    return false;
  }
  counters.requests++;
  counters.open++;
  response.once('close', () => {
    counters.open--;
    const statusClass = response.hasBegun ? Math.floor(response.statusCode / 100) : 0;
    counters.byClass[statusClass] = (counters.byClass[statusClass] ?? 0) + 1;
  });
  return true;
}

/** Only Gemini's clients put their key into the query; elsewhere a parameter of that name is the upstream's business. */
function queryOf(protocol: Protocol, query: string): Pick<Exchange, 'query' | 'queryKeys'> {
  if (protocol !== 'gemini') return { query, queryKeys: [] };
  const { keys, query: rest } = takeQueryKeys(query);
  return { query: rest, queryKeys: keys };
}

function preflight({ request, response }: Exchange): void {
  const wanted = request.headers['access-control-request-headers'];
  response.writeHead(204, [
    ...corsHeaders,
    'access-control-allow-methods',
    'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers',
    typeof wanted === 'string' ? wanted : '*',
    'access-control-max-age',
    '86400',
  ]);
  response.end();
}

function failInternal(exchange: Exchange, error: unknown, deps: ServerDeps): void {
  if (error instanceof RelayError) return sendError(exchange, error);
  deps.relay.onInternalError(error, exchange.requestId);
  sendError(exchange, new RelayError('internal', {}, error));
}
