import type { CatalogSnapshot } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import type { SessionAffinity } from '../affinity/session-affinity.ts';
import type { BatchDesk } from '../batches/batch-desk.ts';
import type { CallerCache } from '../callers/caller-cache.ts';
import type { ClientAddresses } from '../callers/client-address.ts';
import type { KeyUseTally } from '../callers/key-use.ts';
import type { HealthBoard } from '../channels/health-board.ts';
import type { OwnKeyBoard } from '../channels/own-key-board.ts';
import type { RetryBudget } from '../channels/retry-budget.ts';
import type { CreditBook } from '../credit/index.ts';
import type { Counters } from '../health/counters.ts';
import type { ModelTally } from '../health/model-tally.ts';
import type { ChannelGate } from '../limits/channel-gate.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Spends } from '../limits/spends.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import type { Proxies } from '../upstream/proxies/proxies.ts';
import type { Recorder } from './recorder.ts';
import type { Watch } from './watch.ts';

/** Everything a relayed request needs of the process; built once in main.ts. */
export interface RelayDeps {
  readonly clock: Clock;
  readonly callers: CallerCache;
  /** From where a request came. */
  readonly addressOf: ClientAddresses;
  /** When each key was used last. */
  readonly keyUses: KeyUseTally;
  readonly limiter: Limiter;
  /** What callers with spend limits have spent. */
  readonly spends: Spends;
  /** Lets calls onto channels with limits of their own. */
  readonly gate: ChannelGate;
  readonly credit: CreditBook;
  readonly recorder: Recorder;
  readonly objects: ObjectStore;
  readonly batches: BatchDesk;
  readonly pools: UpstreamPools;
  readonly watch: Watch;
  /** How the channels do. */
  readonly health: HealthBoard;
  /** How customers' own keys do. */
  readonly ownHealth: OwnKeyBoard;
  /** Which pools of proxies lead out. */
  readonly waysOut: Pick<Proxies, 'hasWorking' | 'recheckMs'>;
  /** How the models do, for everybody to see. */
  readonly models: ModelTally;
  readonly retries: RetryBudget;
  /** Which channels conversations are on. */
  readonly affinity: SessionAffinity;
  readonly counters: Counters;
  /** The catalog as it is now: replaced whole when it changes. */
  catalog(): CatalogSnapshot;
  /** A fault of our own: logged with the request id, told to nobody else. */
  onInternalError(error: unknown, requestId: string): void;
}
