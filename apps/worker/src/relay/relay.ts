import { RelayError } from '@ai-bridge/domain';
import { readRequestHead, referredObjects } from '@ai-bridge/protocol';
import { noStays } from '../affinity/session-affinity.ts';
import type { RelayCaller } from '../callers/relay-caller.ts';
import { ClientWriter } from '../http/client-writer.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendError } from '../http/respond.ts';
import type { RelayRoute } from '../http/routes.ts';
import { ClientGoneError } from '../http1/http-request.ts';
import type { Admission } from '../limits/limiter.ts';
import type { SpendAdmission } from '../limits/spends.ts';
import { type Attempts, attemptInOrder } from './attempt-in-order.ts';
import { authenticate } from './authenticate.ts';
import { chosenChannel } from './chosen-channel.ts';
import type { RelayDeps } from './deps.ts';
import { costOf, likelyPromptTokens, reservedOutputTokens } from './expected-cost.ts';
import { finish, finishRejected, isWrittenDown, type Used } from './finish.ts';
import { answerForeignCount, isForeignCount } from './foreign-count.ts';
import { type Form, readForm } from './form.ts';
import { refuseWhileHeld } from './held-relay.ts';
import { freeHold, type Hold, placeHold } from './hold.ts';
import { homeOf, mayNameObjects } from './object-ties.ts';
import { planRoute } from './plan-route.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate, RouteQuestion } from './route-plan.ts';
import { viewsOf } from './route-views.ts';
import { sessionOf } from './session-stay.ts';

/** Largest body of a request: the vendors' own bound. */
const maxBodyBytes = 32 * 1024 * 1024;
const unused: Used = { inputTokens: 0, outputTokens: 0, chargeNanoUsd: 0n };

/**
 * The life of one relayed request:
 * authenticate -> read -> plan (pure) -> admit (limits) -> hold -> attempt(s), streaming -> settle.
 * Cheap and reversible steps come first; nothing is awaited that is known in memory. Never rejects.
 */
export async function relay(exchange: Exchange, route: RelayRoute, deps: RelayDeps): Promise<void> {
  let caller: RelayCaller | undefined;
  let model = '';
  try {
    const found = authenticate(exchange, deps);
    caller = found instanceof Promise ? await found : found;
    refuseWhileHeld(exchange, caller, deps);
    const read = exchange.request.readBody(maxBodyBytes);
    const body = read instanceof Promise ? await read : read;
    const form = readForm(exchange, route, body);
    const head = form?.head ?? readRequestHead(route.protocol, body, route.pathHead);
    model = head.model;
    deps.keyUses.used(caller.keyId, exchange.createdAtMs, model, exchange.request);
    if (!deps.recorder.isOpen) throw new RelayError('ledger_unavailable', { retryAfterSeconds: 2 });
    const named = !form && mayNameObjects(route, body) ? referredObjects(body) : [];
    const keeper = named.length === 0 ? undefined : await homeOf(named, caller, deps.objects);
    const snapshot = deps.catalog();
    const chosen = chosenChannel(exchange, caller, snapshot, keeper);
    const session = sessionOf(snapshot, caller, exchange, head, body);
    const stays = session === undefined ? noStays : deps.affinity.find(session);
    const question: RouteQuestion = {
      model,
      protocol: route.protocol,
      isConvertible: route.isConvertible,
      mayFallBack: mayFallBack(exchange, route),
      provider: route.provider,
      isLimited: route.kind !== 'count',
      home: chosen ?? keeper,
      isChosen: chosen !== undefined,
      session,
      stays: stays instanceof Promise ? await stays : stays,
      guardedBody: isConversation(route, form) ? body : undefined,
      promptBytes: head.promptBytes,
    };
    const plan = planRoute(question, caller, snapshot, viewsOf(deps));
    await relayPlanned({ exchange, route, caller, head, body, form, plan }, deps);
  } catch (error) {
    if (error instanceof ClientGoneError) return;
    const told = error instanceof RelayError ? error : new RelayError('internal', {}, error);
    if (told.code === 'internal') deps.onInternalError(error, exchange.requestId);
    sendError(exchange, told);
    deps.counters.rejected++;
    if (caller && isWrittenDown(told)) finishRejected(exchange, caller, model, told, deps);
  }
}

async function relayPlanned(request: PlannedRequest, deps: RelayDeps): Promise<void> {
  const { route, caller, head, plan, exchange } = request;
  if (isForeignCount(request)) return relayForeignCount(request, deps);
  const expected = {
    promptTokens: likelyPromptTokens(head.promptBytes),
    maxOutputTokens: route.kind === 'generate' ? head.maxOutputTokens : 0,
    choices: head.choices,
    stream: head.stream,
    askedRates: head.askedRates,
    maySearch: head.maySearch,
  };
  const best = plan.candidates[0] as Candidate;
  const outputTokens = reservedOutputTokens(expected, best.model.maxOutputTokens);
  const estimate = { inputTokens: expected.promptTokens, outputTokens };
  const admission = deps.limiter.admit(caller, estimate, exchange.createdAtMs);
  let used = unused;
  let spend: SpendAdmission | undefined;
  try {
    const { credit } = deps;
    if (route.kind !== 'count') spend = deps.spends.admit(caller, () => costOf(expected, outputTokens, best));
    const placed =
      route.kind === 'count' ? freeHold(credit, caller, expected) : placeHold(credit, caller, expected, best);
    const hold = placed instanceof Promise ? await placed : placed;
    const client = new ClientWriter(exchange.response);
    const attempts = await attemptOrGiveBack(request, hold, admission, client, deps);
    used = finish(request, hold, attempts, client, deps);
  } finally {
    admission.release(used);
    spend?.release(used.chargeNanoUsd);
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

/** Something that a model answers in words, and in JSON. */
function isConversation(route: RelayRoute, form: Form | undefined): boolean {
  return route.kind === 'generate' && route.answersJson && form === undefined;
}

/** Another model may answer where an answer is an answer: not for counts and vectors, not on the passthrough routes, nor against the client's word. */
function mayFallBack({ request }: Exchange, route: RelayRoute): boolean {
  if (!route.isConvertible || route.kind !== 'generate') return false;
  const word = request.headers['x-bridge-fallback'];
  return word === undefined || word.trim().toLowerCase() !== 'off';
}
