import type { Database } from '@ai-bridge/db';
import { RelayError } from '@ai-bridge/domain';
import { renderModel, renderModelList } from '@ai-bridge/protocol';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import { requestIdLines, sendJson } from '../http/respond.ts';
import type { HttpRequest } from '../http1/http-request.ts';
import type { HttpResponse } from '../http1/http-response.ts';
import { authenticate } from '../relay/authenticate.ts';
import type { RelayDeps } from '../relay/deps.ts';
import { keyInfo } from './key-info.ts';
import { listedModels, modelListShape } from './models.ts';
import { receipt } from './receipt.ts';

export interface Introspection {
  /** Probes that need no key: returns false where the path is none. */
  handlePublic(request: HttpRequest, response: HttpResponse, path: string): boolean;
  /** What a key may ask about itself: models, limits and balance, receipts. Answers 404 for everything else. */
  handle(exchange: Exchange): Promise<void>;
}

export interface IntrospectionDeps {
  readonly relay: RelayDeps;
  readonly database: Database;
  /** Answers /healthz, /readyz and /metrics. */
  readonly health: (path: string, request: HttpRequest, response: HttpResponse) => boolean;
}

/** A path's percent-encoding undone; one that cannot be undone names no model. */
function decoded(id: string): string | undefined {
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

export function createIntrospection({ relay, database, health }: IntrospectionDeps): Introspection {
  const ask = async (exchange: Exchange, caller: RelayCaller) => {
    const path = exchange.endpoint;
    const headers = requestIdLines(exchange);
    const query = new URLSearchParams(exchange.query);
    if (path === '/v1/key')
      return sendJson(exchange.response, 200, await keyInfo(caller, database, new Date(relay.clock.now())), headers);
    if (path === '/v1/generation')
      return sendJson(exchange.response, 200, await receipt(caller, query.get('id'), database), headers);
    const shape = modelListShape(path, exchange.request.headers);
    if (!shape) throw new RelayError('not_found');
    const models = listedModels(relay.catalog(), caller, path.startsWith('/v1/openai/'));
    const id = /\/models\/(.+)$/.exec(path)?.[1];
    if (!id) return sendJson(exchange.response, 200, renderModelList(shape, models, query), headers);
    const model = models.find((candidate) => candidate.id === decoded(id));
    if (!model) throw new RelayError('model_not_found', { model: id.slice(0, 256) });
    sendJson(exchange.response, 200, renderModel(shape, model), headers);
  };
  return {
    handlePublic(request, response, path) {
      if (health(path, request, response)) return true;
      if (path !== '/' && path !== '/api/hello') return false;
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      sendJson(response, 200, { service: 'ai-bridge', status: 'ok' });
      return true;
    },
    async handle(exchange) {
      if (exchange.request.method !== 'GET' && exchange.request.method !== 'HEAD') throw new RelayError('not_found');
      await ask(exchange, await authenticate(exchange, relay));
    },
  };
}
