import type { CatalogSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import type { Price, Rejection, Terms } from '@ai-bridge/domain';
import type { OwnChannel, RelayCaller } from '../callers/relay-caller.ts';
import { type ModelPlan, whyOut, whyUnfit } from './plan-model.ts';
import type { Candidate, RouteQuestion, RouteViews } from './route-plan.ts';

/** The caller's own keys with a model's provider. */
export function ownChannelsFor({ provider }: ModelSnapshot, { ownChannels }: RelayCaller): readonly OwnChannel[] {
  if (ownChannels.length === 0) return ownChannels;
  return ownChannels.filter(({ channel }) => channel.provider === provider);
}

/**
 * Where one model may be answered with the customer's own keys: in the order in which he added them, those that just failed last. They cost
 * the service fee; a group's multiplier is for what the house pays.
 */
export function planOwnKeys(
  question: RouteQuestion,
  model: ModelSnapshot,
  price: Price,
  keys: readonly OwnChannel[],
  { settings }: CatalogSnapshot,
  { ownHealth, nowMs }: RouteViews,
): ModelPlan {
  const terms: Terms = { multiplierBasisPoints: settings.ownKeyFeeBasisPoints, forgivenTokens: 0 };
  const candidateOn = (ownKey: OwnChannel, isProbe: boolean): Candidate => {
    return { model, price, terms, channel: ownKey.channel, isProbe, ownKey };
  };
  const well: Candidate[] = [];
  const doubtful: Candidate[] = [];
  const ejected: Candidate[] = [];
  const rejected: Rejection[] = [];
  let retryAtMs: number | undefined;
  for (const key of keys) {
    const { channel } = key;
    const unfit = whyUnfit(channel, question);
    const health = ownHealth.of(channel.id);
    const verdict = health.verdict(model.id, nowMs);
    if (unfit !== undefined) rejected.push({ model: model.id, channelId: channel.id, reason: unfit });
    else if (verdict === 'well') well.push(candidateOn(key, false));
    else if (verdict === 'doubtful') doubtful.push(candidateOn(key, false));
    else {
      rejected.push({ model: model.id, channelId: channel.id, reason: whyOut(verdict, health.lastError) });
      retryAtMs = Math.min(retryAtMs ?? Number.POSITIVE_INFINITY, health.retryAtMs(model.id));
      if (verdict !== 'on_trial') ejected.push(candidateOn(key, true));
    }
  }
  const candidates = [...well, ...doubtful];
  const probes = candidates.length > 0 ? [] : ejected;
  const isExclusive = keys.some((key) => key.isExclusive);
  return { candidates, probes, rejected, isElsewhere: false, retryAtMs, isExclusive };
}

/** The customer's own keys first, then the house's channels. */
export function joined(own: ModelPlan, house: ModelPlan): ModelPlan {
  const candidates = [...own.candidates, ...house.candidates];
  const retryAtMs = Math.min(own.retryAtMs ?? Number.POSITIVE_INFINITY, house.retryAtMs ?? Number.POSITIVE_INFINITY);
  return {
    candidates,
    probes: candidates.length > 0 ? [] : [...own.probes, ...house.probes],
    rejected: [...own.rejected, ...house.rejected],
    isElsewhere: false,
    retryAtMs: Number.isFinite(retryAtMs) ? retryAtMs : undefined,
    isExclusive: false,
  };
}
