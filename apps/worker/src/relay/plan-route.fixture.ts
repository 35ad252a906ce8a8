import type { CatalogSnapshot, ChannelSnapshot, GroupSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import { listTerms, type Price } from '@ai-bridge/domain';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Verdict } from '../channels/channel-health.ts';
import { planRoute } from './plan-route.ts';
import type { HealthView, NoRouteError, RouteQuestion, RouteViews } from './route-plan.ts';

export const price = { id: 'prc_1' } as Price;
export const channel = (id: string, over: Partial<ChannelSnapshot> = {}) =>
  ({
    id,
    provider: 'anthropic',
    isDemo: false,
    isDraining: false,
    protocols: ['anthropic-messages'],
    models: new Map([['m', 'up-m']]),
    servesAll: false,
    priority: 1,
    weight: 1,
    groups: new Set(['default']),
    ...over,
  }) as ChannelSnapshot;
export const group = (over: Partial<GroupSnapshot> = {}): GroupSnapshot => {
  return { id: 'default', displayName: 'Default', models: new Set(), terms: listTerms, ...over };
};
export const takesAll = { images: undefined, tools: true, documents: undefined };
export const model = (id: string, over: Partial<ModelSnapshot> = {}) =>
  ({ id, provider: 'anthropic', price, fallback: [], takes: takesAll, ...over }) as unknown as ModelSnapshot;
export const snapshot = (
  channels: ChannelSnapshot[],
  { models = [model('m')], groups = [group()], crossModelFallback = true } = {},
) =>
  ({
    channels,
    models: new Map(models.map((one) => [one.id, one])),
    aliases: new Map([['other-name', 'm']]),
    groups: new Map(groups.map((one) => [one.id, one])),
    settings: { crossModelFallback },
  }) as unknown as CatalogSnapshot;
export const caller = (over: Partial<RelayCaller> = {}) =>
  ({ models: new Set(), group: 'default', strict: false, ownChannels: [], ...over }) as unknown as RelayCaller;
export const question: RouteQuestion = {
  model: 'm',
  protocol: 'anthropic-messages',
  isConvertible: false,
  mayFallBack: true,
  provider: undefined,
  isLimited: true,
  home: undefined,
  isChosen: false,
  session: undefined,
  stays: [],
  guardedBody: undefined,
  promptBytes: 0,
};
export const healthOf = (verdicts: Record<string, Verdict>): HealthView => ({
  of: (id) => ({ verdict: () => verdicts[id] ?? 'well', retryAtMs: () => 4_200, lastError: 'status 500' }),
});
/** Channels are well unless said otherwise; ejected ones come back at 4,200 ms. */
export const views = (verdicts: Record<string, Verdict> = {}, random = Math.random): RouteViews => ({
  health: healthOf(verdicts),
  ownHealth: healthOf(verdicts),
  waysOut: { hasWorking: (pool) => pool !== 'dead', recheckMs: 5_000 },
  gate: { whyFull: ({ id }) => (id === 'full' ? { limit: '3 requests at once', waitMs: 7_500 } : undefined) },
  nowMs: 1_000,
  random,
});
export const planned = (
  catalog: CatalogSnapshot,
  {
    asked = question,
    by = caller(),
    seen = views(),
  }: { asked?: RouteQuestion; by?: RelayCaller; seen?: RouteViews } = {},
) => planRoute(asked, by, catalog, seen);
export const idsOf = (plan: { candidates: readonly { channel: ChannelSnapshot }[] }) =>
  plan.candidates.map((candidate) => candidate.channel.id);
export const errorOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as NoRouteError;
  }
  throw new Error('it was planned');
};

export const withFallback = (channels: ChannelSnapshot[], over: Partial<Parameters<typeof snapshot>[1]> = {}) =>
  snapshot(channels, {
    models: [model('m', { fallback: ['f', 'g', 'free'] }), model('f'), model('g'), model('free', { price: undefined })],
    ...over,
  });
export const serves = (id: string, ...ids: string[]) => channel(id, { models: new Map(ids.map((one) => [one, one])) });

export const ownKey = (id: string, over: { provider?: string; isExclusive?: boolean } = {}) => ({
  channel: channel(id, {
    provider: over.provider ?? 'anthropic',
    servesAll: true,
    models: new Map(),
    groups: new Set(),
  }),
  last4: '0123',
  isExclusive: over.isExclusive ?? false,
});
export const withFee = (catalog: CatalogSnapshot, ownKeyFeeBasisPoints = 0) =>
  ({ ...catalog, settings: { ...catalog.settings, ownKeyFeeBasisPoints } }) as CatalogSnapshot;
