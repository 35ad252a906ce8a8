import { newId, type Protocol, RelayError } from '@ai-bridge/domain';
import type { Exchange } from './http/exchange.ts';
import { takeQueryKeys } from './http/query-keys.ts';
import { corsLines, sendError, sendJson } from './http/respond.ts';
import { canonicalPath, protocolOf, type RelayRoute, relayRoute } from './http/routes.ts';
import { headerLine } from './http1/header-lines.ts';
import type { HttpRequest } from './http1/http-request.ts';
import type { HttpResponse } from './http1/http-response.ts';
import { createHttpServer, type HttpServer } from './http1/http-server.ts';
import type { Introspection } from './introspection/index.ts';
import { isClosedObjectPath, isObjectPath, objectRoute } from './objects/object-route.ts';
import { relayObject } from './objects/relay-object.ts';
import type { RelayDeps } from './relay/deps.ts';
import { relay } from './relay/relay.ts';

/** Requests under way at once; each needs two file descriptors. */
const maxOpenRequests = 9_500;

export interface ServerDeps {
  readonly relay: RelayDeps;
  readonly introspection: Introspection;
  /** Where people find the console; undefined where that is not known. */
  readonly consoleUrl: string | undefined;
  /** True once the process is shutting down: new work is refused. */
  isDraining(): boolean;
}

/** The worker's HTTP server: a route table in front of the relay. Not listening yet. */
export function createServer(deps: ServerDeps): HttpServer {
  return createHttpServer((request, response) => handle(request, response, deps));
}

function handle(request: HttpRequest, response: HttpResponse, deps: ServerDeps): void {
  const { url, method } = request;
  const queryStart = url.indexOf('?');
  const path = canonicalPath(queryStart < 0 ? url : url.slice(0, queryStart));
  const query = queryStart < 0 ? '' : url.slice(queryStart);
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
    isHeld: false,
  };
  if (method === 'OPTIONS') return preflight(exchange);
  if (request.headers.upgrade?.toLowerCase() === 'websocket') return refuseUpgrade(exchange);
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
  if (method !== 'POST')
    return sendError(exchange, new RelayError('method_not_allowed'), headerLine('allow', 'POST, OPTIONS'));
  if (takesWork(exchange, deps)) void relay(exchange, route, deps.relay);
}

/** Counts a request in, or refuses it: while the process shuts down, or where it has all that it can have under way. */
function takesWork(exchange: Exchange, deps: ServerDeps): boolean {
  const { counters } = deps.relay;
  const { response } = exchange;
  if (deps.isDraining()) {
    response.closeAfterwards();
    sendError(exchange, new RelayError('draining', { retryAfterSeconds: 1 }));
    return false;
  }
  if (counters.open >= maxOpenRequests) {
    sendError(exchange, new RelayError('overloaded', { retryAfterSeconds: 1 }));
    return false;
  }
  counters.requests++;
  counters.open++;
  response.whenClosed(() => {
    counters.open--;
    const statusClass = Math.floor(response.status / 100);
    counters.byClass[statusClass] = (counters.byClass[statusClass] ?? 0) + 1;
    if (exchange.isHeld) counters.held++;
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
  const may =
    headerLine('access-control-allow-methods', 'GET, POST, DELETE, OPTIONS') +
    headerLine('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*') +
    headerLine('access-control-max-age', '86400');
  response.begin(204, corsLines + may);
  response.finish();
}

/** Coding tools offer a WebSocket first and fall back to POST when they are answered in plain HTTP. */
function refuseUpgrade({ response }: Exchange): void {
  const message = 'WebSocket is not offered here. Use plain HTTP.';
  response.closeAfterwards();
  sendJson(response, 426, { error: { message, type: 'invalid_request_error', code: 'upgrade_required' } });
}

function failInternal(exchange: Exchange, error: unknown, deps: ServerDeps): void {
  if (error instanceof RelayError) return sendError(exchange, error);
  deps.relay.onInternalError(error, exchange.requestId);
  sendError(exchange, new RelayError('internal', {}, error));
}
