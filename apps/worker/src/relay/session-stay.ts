import type { CatalogSnapshot } from '@ai-bridge/catalog';
import type { Usage } from '@ai-bridge/domain';
import type { RequestHead } from '@ai-bridge/protocol';
import { sessionKey } from '../affinity/session-key.ts';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RelayDeps } from './deps.ts';
import { channelsServing } from './plan-model.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate, RoutePlan } from './route-plan.ts';

/** What binds the request to others of its conversation; undefined where that decides nothing, for there is one channel only, with one way out. */
export function sessionOf(
  snapshot: CatalogSnapshot,
  caller: RelayCaller,
  { request }: Exchange,
  head: RequestHead,
  body: Buffer,
): string | undefined {
  const serving = channelsServing(snapshot, head.model);
  const isOnlyWay = serving.length + caller.ownChannels.length < 2 && serving[0]?.egressPool === undefined;
  if (isOnlyWay) return undefined;
  return sessionKey(caller.organizationId, request.headers, head, body);
}

/** Tokens of the prompt that a cache would have served, had the conversation stayed where it was; 0 where it did, or never was elsewhere. */
export function lostCacheTokens({ question }: RoutePlan, { model, channel }: Candidate): number {
  // Objects that a request names, or staff, decide where it goes: that is no switch of ours.
  if (question.stays.length === 0 || question.home !== undefined) return 0;
  const stay = question.stays.find((one) => one.model === model.id);
  return stay === undefined || stay.channelId === channel.id ? 0 : stay.cachedTokens;
}

/** Remembers where the conversation is now, and how much of it the cache holds there. */
export function rememberStay(
  { plan }: PlannedRequest,
  { model, channel }: Candidate,
  usage: Usage,
  { affinity }: RelayDeps,
): void {
  const { session } = plan.question;
  if (session === undefined) return;
  const cachedTokens = (usage.cacheRead ?? 0) + (usage.cacheWrite5m ?? 0) + (usage.cacheWrite1h ?? 0);
  affinity.remember(session, { model: model.id, channelId: channel.id, cachedTokens });
}
