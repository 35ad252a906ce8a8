import { type CatalogSnapshot, type GroupSnapshot, type ModelSnapshot, modelNamed } from '@ai-bridge/catalog';
import { type Price, type Rejection, RelayError } from '@ai-bridge/domain';
import type { RelayCaller } from '../callers/relay-caller.ts';
import { requireChosen } from './chosen-channel.ts';
import { requireFit, whyMisfit } from './model-fit.ts';
import { channelsServing, isOpenTo, type ModelPlan, planModel } from './plan-model.ts';
import { joined, ownChannelsFor, planOwnKeys } from './plan-own-keys.ts';
import {
  type Candidate,
  NoRouteError,
  type RoutePlan,
  type RouteQuestion,
  type RouteViews,
  secondsToWait,
} from './route-plan.ts';

/** Kept of a request that found no way; staff need no more to see why. */
const maxRejections = 100;

/**
 * Chooses where a request may go: pure, from the catalog, what is known of the channels, and where the conversation was. First come the
 * customer's own keys with the model's provider, then the channels of the model asked for; where none of them is well, those of the models that may answer in its place, and at the very end the
 * ejected ones, one request at a time.
 *
 * @throws RelayError model_not_found (unknown, or nobody set a price), model_not_allowed (by the key, or by its group), invalid_request
 * (the model does not take what the request carries, or the channel that staff chose no such request)
 * @throws NoRouteError no_channel, or overloaded where there are channels but none takes requests now
 */
export function planRoute(
  question: RouteQuestion,
  caller: RelayCaller,
  snapshot: CatalogSnapshot,
  views: RouteViews,
): RoutePlan {
  const group = groupOf(caller, snapshot);
  const model = modelNamed(snapshot, question.model);
  if (!model) throw new RelayError('model_not_found', { model: question.model });
  if (!isAllowed(model, caller)) throw new RelayError('model_not_allowed', { model: model.id });
  if (!isShown(model, group)) throw new RelayError('model_not_allowed', { model: model.id, group: group.id });
  if (!model.price) throw new RelayError('model_not_found', { model: model.id, reason: 'it has no price' });
  requireFit(model, question);
  requireChosen(question, model, snapshot);
  const ways = planWays(question, model, model.price, caller, group, snapshot, views);
  if (ways.isElsewhere) throw new RelayError('model_not_allowed', { model: model.id, group: group.id });
  const mayFallBack = !ways.isExclusive && mayAnotherAnswer(question, caller, snapshot, model);
  const { candidates, rejected } = ways;
  if (candidates.length > 0) return { question, snapshot, model, candidates, rejected, mayFallBack };
  const others = mayFallBack ? fallbacksOf(question, caller, snapshot, model, group, views) : noFallbacks;
  const plan: RoutePlan = {
    question,
    snapshot,
    model,
    candidates: [...others.candidates, ...ways.probes],
    rejected: [...rejected, ...others.rejected],
    mayFallBack: false,
  };
  if (plan.candidates.length === 0) throw noRoute(plan, ways, group, views.nowMs);
  return plan;
}

/** What stands behind a plan's candidates when all of them have failed: the models that may answer in the place of the one asked for. */
export function planFallbacks(plan: RoutePlan, caller: RelayCaller, views: RouteViews): Fallbacks {
  if (!plan.mayFallBack) return noFallbacks;
  return fallbacksOf(plan.question, caller, plan.snapshot, plan.model, groupOf(caller, plan.snapshot), views);
}

export interface Fallbacks {
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly Rejection[];
}

const noFallbacks: Fallbacks = { candidates: [], rejected: [] };

function fallbacksOf(
  question: RouteQuestion,
  caller: RelayCaller,
  snapshot: CatalogSnapshot,
  asked: ModelSnapshot,
  group: GroupSnapshot,
  views: RouteViews,
): Fallbacks {
  const candidates: Candidate[] = [];
  const rejected: Rejection[] = [];
  for (const id of asked.fallback) {
    const model = snapshot.models.get(id);
    if (!model?.price || !isAllowed(model, caller) || !isShown(model, group)) continue;
    const misfit = whyMisfit(model, question);
    if (misfit !== undefined) {
      for (const channelId of openChannels(model, caller, group, snapshot))
        rejected.push({ model: id, channelId, reason: misfit });
      continue;
    }
    const plan = planWays(question, model, model.price, caller, group, snapshot, views);
    candidates.push(...plan.candidates);
    rejected.push(...plan.rejected);
  }
  return { candidates, rejected };
}

/** Where a model might have been answered, by id. */
function openChannels(
  model: ModelSnapshot,
  caller: RelayCaller,
  group: GroupSnapshot,
  snapshot: CatalogSnapshot,
): readonly string[] {
  const own = ownChannelsFor(model, caller).map(({ channel }) => channel.id);
  const house = channelsServing(snapshot, model.id).filter((channel) => isOpenTo(channel, group.id));
  return [...own, ...house.map(({ id }) => id)];
}

/** With the customer's own keys first; where one of them is exclusive, with nothing else. */
function planWays(
  question: RouteQuestion,
  model: ModelSnapshot,
  price: Price,
  caller: RelayCaller,
  group: GroupSnapshot,
  snapshot: CatalogSnapshot,
  views: RouteViews,
): ModelPlan {
  const keys = question.isChosen ? [] : ownChannelsFor(model, caller);
  if (keys.length === 0) return planModel(question, model, price, group, snapshot, views);
  const own = planOwnKeys(question, model, price, keys, snapshot, views);
  if (!own.isExclusive) return joined(own, planModel(question, model, price, group, snapshot, views));
  const { home } = question;
  if (home !== undefined && !keys.some(({ channel }) => channel.id === home))
    throw new RelayError('invalid_request', { reason: keptByHouse });
  return own;
}

const keptByHouse =
  'what it names is kept by a channel of this relay, and an own key that is to be the only one for this model cannot see it';

function groupOf({ group: id }: RelayCaller, snapshot: CatalogSnapshot): GroupSnapshot {
  const group = snapshot.groups.get(id);
  if (group) return group;
  throw new RelayError('model_not_allowed', { group: id, reason: 'no longer exists or is switched off' });
}

/** By the key's own list. */
function isAllowed(model: ModelSnapshot, caller: RelayCaller): boolean {
  return caller.models.size === 0 || caller.models.has(model.id);
}

function isShown(model: ModelSnapshot, group: GroupSnapshot): boolean {
  return group.models.size === 0 || group.models.has(model.id);
}

/** On unless the site, the key or the request says otherwise; objects that a request names are where they are, and a channel is tried to see how it does. */
function mayAnotherAnswer(
  question: RouteQuestion,
  caller: RelayCaller,
  snapshot: CatalogSnapshot,
  model: ModelSnapshot,
): boolean {
  return (
    question.mayFallBack &&
    question.home === undefined &&
    model.fallback.length > 0 &&
    !caller.strict &&
    snapshot.settings.crossModelFallback
  );
}

function noRoute(plan: RoutePlan, ways: ModelPlan, group: GroupSnapshot, nowMs: number): NoRouteError {
  const { model } = plan;
  const closed = plan.question.isChosen ? [] : closedTo(group, plan);
  const rejected = [...plan.rejected, ...closed].slice(0, maxRejections);
  if (ways.retryAtMs === undefined) return new NoRouteError('no_channel', { model: model.id }, rejected);
  const retryAfterSeconds = secondsToWait(ways.retryAtMs - nowMs);
  return new NoRouteError('overloaded', { model: model.id, retryAfterSeconds }, rejected);
}

/** The channels that were never in question: worth telling only where none was left. */
function closedTo(group: GroupSnapshot, { model, snapshot }: RoutePlan): Rejection[] {
  const serving = new Set(channelsServing(snapshot, model.id));
  return snapshot.channels.flatMap((channel) => {
    const reason = !serving.has(channel)
      ? 'does not serve this model'
      : isOpenTo(channel, group.id)
        ? undefined
        : `is not open to the group ${group.id}`;
    return reason === undefined ? [] : [{ model: model.id, channelId: channel.id, reason }];
  });
}
