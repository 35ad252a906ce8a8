import type { Caller } from '@ai-bridge/access/callers';
import { RelayError } from '@ai-bridge/domain';
import { type RequestHead, readRequestHead, referredObjects } from '@ai-bridge/protocol';
import { ClientWriter } from '../http/client-writer.ts';
import { ClientGoneError } from '../http/direct-request.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendError } from '../http/respond.ts';
import type { RelayRoute } from '../http/routes.ts';
import type { Admission } from '../limits/limiter.ts';
import { type Attempts, attemptInOrder } from './attempt-in-order.ts';
import { authenticate } from './authenticate.ts';
import type { RelayDeps } from './deps.ts';
import { likelyPromptTokens, reservedOutputTokens } from './expected-cost.ts';
import { finish, finishRejected } from './finish.ts';
import { answerForeignCount, isForeignCount } from './foreign-count.ts';
import { readForm } from './form.ts';
import { type Hold, placeHold } from './hold.ts';
import { homeOf, mayNameObjects } from './object-ties.ts';
import { planRoute } from './plan-route.ts';
import type { PlannedRequest } from './planned-request.ts';

/** Largest body of a request: the vendors' own bound. */
const maxBodyBytes = 32 * 1024 * 1024;

/**
 * The life of one relayed request:
 * authenticate -> read -> plan (pure) -> admit (limits) -> hold -> attempt(s), streaming -> settle.
 * Cheap and reversible steps come first; nothing is awaited that is known in memory. Never rejects.
 */
export async function relay(exchange: Exchange, route: RelayRoute, deps: RelayDeps): Promise<void> {
  let caller: Caller | undefined;
  let model = '';
  try {
    const found = authenticate(exchange, deps.callers);
    caller = found instanceof Promise ? await found : found;
    const body = await exchange.request.readBody(maxBodyBytes);
    const form = readForm(exchange, route, body);
    const head = form?.head ?? readRequestHead(route.protocol, body, route.pathHead);
    model = head.model;
    if (!deps.recorder.isOpen) throw new RelayError('ledger_unavailable', { retryAfterSeconds: 2 });
    const named = !form && mayNameObjects(route, body) ? referredObjects(body) : [];
    const home = named.length === 0 ? undefined : await homeOf(named, caller, deps.objects);
    const session = sessionOf(exchange, head);
    const plan = planRoute(
      {
        model,
        protocol: route.protocol,
        isConvertible: route.isConvertible,
        provider: route.provider,
        home,
        session,
      },
      caller,
      deps.catalog(),
    );
    await relayPlanned({ exchange, route, caller, head, body, form, plan, session }, deps);
  } catch (error) {
    if (error instanceof ClientGoneError) return;
    const told = error instanceof RelayError ? error : new RelayError('internal', {}, error);
    if (told.code === 'internal') deps.onInternalError(error, exchange.requestId);
    sendError(exchange, told);
    deps.counters.rejected++;
    if (caller && told.code !== 'internal') finishRejected(exchange, caller, model, told, deps);
  }
}

async function relayPlanned(request: PlannedRequest, deps: RelayDeps): Promise<void> {
  const { route, caller, head, plan, exchange } = request;
  if (isForeignCount(request)) return relayForeignCount(request, deps);
  const expected = {
    promptTokens: likelyPromptTokens(head.promptBytes),
    maxOutputTokens: route.kind === 'generate' ? head.maxOutputTokens : 0,
    choices: head.choices,
    modelMaxOutputTokens: plan.model.maxOutputTokens,
    stream: head.stream,
    askedRates: head.askedRates,
    maySearch: head.maySearch,
  };
  const admission = deps.limiter.admit(
    caller,
    { inputTokens: expected.promptTokens, outputTokens: reservedOutputTokens(expected) },
    exchange.createdAtMs,
  );
  let used: { inputTokens: number; outputTokens: number } | undefined = { inputTokens: 0, outputTokens: 0 };
  try {
    const placed = route.kind === 'count' ? noHold : placeHold(deps.credit, caller, expected, plan.price);
    const hold = placed instanceof Promise ? await placed : placed;
    const client = new ClientWriter(exchange.response);
    const attempts = await attemptOrGiveBack(request, hold, admission, client, deps);
    used = finish(request, hold, attempts, client, deps);
  } finally {
    admission.release(used);
  }
}

async function relayForeignCount(request: PlannedRequest, deps: RelayDeps): Promise<void> {
  const { caller, exchange } = request;
  const admission = deps.limiter.admit(caller, { inputTokens: 0, outputTokens: 0 }, exchange.createdAtMs);
  try {
    await answerForeignCount(request, deps);
  } finally {
    admission.release({ inputTokens: 0, outputTokens: 0 });
  }
}

/** A request that no channel can carry is found out before its first attempt: its hold is given back. */
async function attemptOrGiveBack(
  request: PlannedRequest,
  hold: Hold,
  admission: Admission,
  client: ClientWriter,
  deps: RelayDeps,
): Promise<Attempts> {
  try {
    return await attemptInOrder(request, hold, admission, client, deps);
  } catch (error) {
    if (hold.reservation) deps.credit.finish(hold.reservation, 0n);
    throw error;
  }
}

const noHold: Hold = { reservation: undefined, funds: undefined, capOutputTokens: undefined };

function sessionOf(exchange: Exchange, head: RequestHead): string | undefined {
  const header = exchange.request.headers['x-session-id'] ?? exchange.request.headers['session-id'];
  return typeof header === 'string' && header ? header : head.sessionHint;
}
