import type { CatalogSnapshot, ChannelSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import {
  type Price,
  type Protocol,
  type Rejection,
  RelayError,
  type RelayErrorDetail,
  type Terms,
} from '@ai-bridge/domain';
import type { Stay } from '../affinity/session-affinity.ts';
import type { OwnChannel } from '../callers/relay-caller.ts';
import type { Verdict } from '../channels/channel-health.ts';
import type { ChannelGate } from '../limits/channel-gate.ts';

/** What a request asks of the planner. */
export interface RouteQuestion {
  readonly model: string;
  readonly protocol: Protocol;
  /** Channels of other protocols will do: the request can be put into their words. */
  readonly isConvertible: boolean;
  /** Another model may answer in the place of the one asked for, as far as the request goes. */
  readonly mayFallBack: boolean;
  /** Only channels of this provider (the OpenAI passthrough routes). */
  readonly provider: string | undefined;
  /** Counts against the limits of channels; what only counts tokens does not. */
  readonly isLimited: boolean;
  /** The only channel that will do, as it keeps objects that the request names, or as staff chose it; undefined: any. */
  readonly home: string | undefined;
  /** Staff chose the channel, to try it: whoever it is open to, and with no own key before it. */
  readonly isChosen: boolean;
  /** What binds a conversation to one channel; undefined spreads by weight. */
  readonly session: string | undefined;
  /** Where the session was answered lately. */
  readonly stays: readonly Stay[];
  /** The body, for models that do not take everything; undefined where it is no conversation that they would answer. */
  readonly guardedBody: Buffer | undefined;
  /** As in its head. */
  readonly promptBytes: number;
}

/** How channels do, as far as planning needs to know. */
export interface HealthView {
  of(channelId: string): {
    verdict(model: string, nowMs: number): Verdict;
    /** Monotonic time. */
    retryAtMs(model: string): number;
    readonly lastError: string | undefined;
  };
}

/** What planning depends on besides the question and the catalog. */
export interface RouteViews {
  readonly health: HealthView;
  /** The same of customers' own keys. */
  readonly ownHealth: HealthView;
  readonly waysOut: {
    /** Whether a pool of proxies has one that is not known to be down. */
    hasWorking(pool: string): boolean;
    /** How soon one that is down is looked at again. */
    readonly recheckMs: number;
  };
  readonly gate: Pick<ChannelGate, 'whyFull'>;
  /** Monotonic. */
  readonly nowMs: number;
  /** In [0, 1). */
  random(): number;
}

/** A model on a channel, with what it costs there. Prices are frozen by it. */
export interface Candidate {
  readonly model: ModelSnapshot;
  readonly price: Price;
  readonly terms: Terms;
  readonly channel: ChannelSnapshot;
  /** The channel is ejected: the request finds out whether it works, as nothing else is left. */
  readonly isProbe: boolean;
  /** Set where the channel is the customer's own key. */
  readonly ownKey: OwnChannel | undefined;
}

/** Where a request may go. */
export interface RoutePlan {
  readonly question: RouteQuestion;
  readonly snapshot: CatalogSnapshot;
  /** The model asked for. */
  readonly model: ModelSnapshot;
  /** Best first, never empty. Those of the model's fallbacks are planned when they are needed (planFallbacks). */
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly Rejection[];
  /** The candidates behind these are those of other models, and are not planned yet. */
  readonly mayFallBack: boolean;
}

/** No channel is left for a request; staff see why. */
export class NoRouteError extends RelayError {
  readonly rejected: readonly Rejection[];

  constructor(code: 'no_channel' | 'overloaded', detail: RelayErrorDetail, rejected: readonly Rejection[]) {
    super(code, detail);
    this.rejected = rejected;
  }
}

const maxRetryAfterSeconds = 300;

/** For how long whoever found no channel is told to wait. To the millisecond: the difference of two moments is a hair off, which must not become a second. */
export function secondsToWait(waitMs: number): number {
  return Math.min(maxRetryAfterSeconds, Math.max(1, Math.ceil(Math.round(waitMs) / 1_000)));
}
