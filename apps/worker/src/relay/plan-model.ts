import type { CatalogSnapshot, ChannelSnapshot, GroupSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import type { Price, Rejection } from '@ai-bridge/domain';
import type { Full } from '../limits/limiter.ts';
import { type ChannelDraw, inOrder } from './channel-order.ts';
import type { Candidate, RouteQuestion, RouteViews } from './route-plan.ts';

/** Where one model may be answered. */
export interface ModelPlan {
  /** Channels that take requests, best first. */
  readonly candidates: readonly Candidate[];
  /** Ejected channels that may be tried, one request at a time, where nothing else is left; set only without candidates. */
  readonly probes: readonly Candidate[];
  readonly rejected: readonly Rejection[];
  /** Channels serve the model, but all of them to other groups. */
  readonly isElsewhere: boolean;
  /** When a channel that takes no requests now may take them again (monotonic); undefined where there is none. */
  readonly retryAtMs: number | undefined;
  /** The customer's own keys are all there is: nothing of the house may answer, nor another model. */
  readonly isExclusive: boolean;
}

/** Channels that serve a model, by the snapshot that they are of: found once, not for every request. */
const serving = new WeakMap<CatalogSnapshot, Map<string, readonly ChannelSnapshot[]>>();

/** The channels that serve a model, whoever they are open to. */
export function channelsServing(snapshot: CatalogSnapshot, model: string): readonly ChannelSnapshot[] {
  let byModel = serving.get(snapshot);
  if (!byModel) {
    byModel = new Map();
    serving.set(snapshot, byModel);
  }
  let channels = byModel.get(model);
  if (!channels) {
    channels = snapshot.channels.filter((channel) => channel.servesAll || channel.models.has(model));
    // What callers ask for is theirs to choose: only what exists is kept.
    if (snapshot.models.has(model)) byModel.set(model, channels);
  }
  return channels;
}

/** Those that serve the model; where staff chose one, nothing was passed over in its favour. */
function channelsInQuestion(
  { isChosen, home }: RouteQuestion,
  snapshot: CatalogSnapshot,
  model: ModelSnapshot,
): readonly ChannelSnapshot[] {
  const channels = channelsServing(snapshot, model.id);
  return isChosen ? channels.filter(({ id }) => id === home) : channels;
}

/** Whether a channel takes requests of a group's keys. The demo is there for everybody. */
export function isOpenTo(channel: ChannelSnapshot, group: string): boolean {
  return channel.groups.has(group) || channel.isDemo;
}

/** Sorts out where one model may be answered. Every channel that is open to the group and passed over has its reason. */
export function planModel(
  question: RouteQuestion,
  model: ModelSnapshot,
  price: Price,
  group: GroupSnapshot,
  snapshot: CatalogSnapshot,
  views: RouteViews,
): ModelPlan {
  const { health, nowMs } = views;
  const well: ChannelDraw[] = [];
  const ejected: ChannelDraw[] = [];
  const rejected: Rejection[] = [];
  let isElsewhere = false;
  let retryAtMs: number | undefined;
  for (const channel of channelsInQuestion(question, snapshot, model)) {
    if (!question.isChosen && !isOpenTo(channel, group.id)) {
      isElsewhere = true;
      continue;
    }
    const unfit = whyUnfit(channel, question);
    if (unfit !== undefined) {
      rejected.push({ model: model.id, channelId: channel.id, reason: unfit });
      continue;
    }
    const closed = whyClosed(channel, question, views);
    if (closed) {
      rejected.push({ model: model.id, channelId: channel.id, reason: closed.reason });
      retryAtMs = Math.min(retryAtMs ?? Number.POSITIVE_INFINITY, nowMs + closed.waitMs);
      continue;
    }
    const state = health.of(channel.id);
    const verdict = state.verdict(model.id, nowMs);
    if (verdict === 'well' || verdict === 'doubtful') {
      well.push({ channel, isDoubtful: verdict === 'doubtful', score: 0 });
      continue;
    }
    rejected.push({ model: model.id, channelId: channel.id, reason: whyOut(verdict, state.lastError) });
    retryAtMs = Math.min(retryAtMs ?? Number.POSITIVE_INFINITY, state.retryAtMs(model.id));
    if (verdict !== 'on_trial' && verdict !== 'waiting') ejected.push({ channel, isDoubtful: false, score: 0 });
  }
  const isNone = well.length === 0 && rejected.length === 0;
  return {
    candidates: candidatesOf(inOrder(well, question, model.id, views), model, price, group, false),
    probes: candidatesOf(inOrder(well.length > 0 ? [] : ejected, question, model.id, views), model, price, group, true),
    rejected,
    isElsewhere: isElsewhere && isNone,
    retryAtMs,
    isExclusive: false,
  };
}

function candidatesOf(
  draws: readonly ChannelDraw[],
  model: ModelSnapshot,
  price: Price,
  { terms }: GroupSnapshot,
  isProbe: boolean,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { channel } of draws) candidates.push({ model, price, terms, channel, isProbe, ownKey: undefined });
  return candidates;
}

/** Why nothing may go to a channel for a while, however well it does: not even where nothing else is left. */
function whyClosed(
  channel: ChannelSnapshot,
  { isLimited }: RouteQuestion,
  { waysOut, gate }: RouteViews,
): { readonly reason: string; readonly waitMs: number } | undefined {
  if (channel.egressPool !== undefined && !waysOut.hasWorking(channel.egressPool))
    return { reason: noWayOut, waitMs: waysOut.recheckMs };
  if (channel.limits === undefined || !isLimited) return undefined;
  const full = gate.whyFull(channel);
  return full && { reason: fullReason(full), waitMs: full.waitMs };
}

/** It never goes out another way. */
const noWayOut = 'no proxy of its pool works';

export function fullReason({ limit }: Full): string {
  return `is at its limit of ${limit}`;
}

/** Why a channel takes no requests now. */
export function whyOut(verdict: keyof typeof reasons, lastError: string | undefined): string {
  return lastError === undefined ? reasons[verdict] : `${reasons[verdict]}: ${lastError}`;
}

const reasons = {
  ejected: 'is ejected',
  resting: 'rests for this model',
  waiting: 'said when to come back',
  on_trial: 'is on trial, one request at a time',
} as const;

/** Why a channel cannot take the request, whatever its health. */
export function whyUnfit(channel: ChannelSnapshot, question: RouteQuestion): string | undefined {
  if (question.home !== undefined && channel.id !== question.home) return 'does not keep the objects that are named';
  if (channel.isDraining && question.home === undefined) return 'is drained: it takes no new requests';
  if (!question.isConvertible && !channel.protocols.includes(question.protocol)) {
    return `does not speak ${question.protocol}`;
  }
  if (question.provider && channel.provider !== question.provider && !channel.isDemo) {
    return `is not a channel of ${question.provider}`;
  }
  return undefined;
}
