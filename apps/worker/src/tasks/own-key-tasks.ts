import type { SealedOwnKey } from '@ai-bridge/access/callers';
import { type CatalogSnapshot, type ChannelSnapshot, type ModelSnapshot, SealError } from '@ai-bridge/catalog';
import type { OwnKeyBoard } from '../channels/own-key-board.ts';
import type { Log } from '../log.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import type { TaskHandlers } from './channel-tasks.ts';
import type { TaskFailure } from './failed-call.ts';
import { testChannel } from './test-channel.ts';

export interface OwnKeyTasksDeps {
  /** A customer's own key as it is now in the database. */
  find(ownKeyId: string): Promise<SealedOwnKey | undefined>;
  /** Throws SealError. */
  open(key: SealedOwnKey): ChannelSnapshot;
  catalog(): CatalogSnapshot;
  readonly pools: UpstreamPools;
  readonly board: OwnKeyBoard;
  readonly log: Log;
}

/** What a customer may ask of a worker about an own key: one smallest real call, which the provider bills to him. */
export function createOwnKeyTasks(deps: OwnKeyTasksDeps): Pick<TaskHandlers, 'own_key.test'> {
  const { board, pools, log } = deps;
  return {
    async 'own_key.test'(ownKeyId) {
      const channel = await opened(ownKeyId, deps);
      if ('kind' in channel) return { isOk: false, failure: channel };
      const model = cheapestModel(channel.provider, deps.catalog());
      if (!model)
        return { isOk: false, failure: { kind: 'not_found', text: 'no model of this provider is offered here' } };
      const result = await testChannel(channel, { model: model.id }, pools);
      if (result.isOk) board.reset(ownKeyId);
      const { isOk, status } = result;
      log.info('an own key was tested', { ownKeyId, model: model.id, isOk, status });
      return result;
    },
  };
}

async function opened(ownKeyId: string, { find, open }: OwnKeyTasksDeps): Promise<ChannelSnapshot | TaskFailure> {
  const key = await find(ownKeyId);
  if (!key) return { kind: 'not_found', text: 'the key is gone' };
  try {
    return open(key);
  } catch (error) {
    if (error instanceof SealError) return { kind: 'seal', text: error.message };
    throw error;
  }
}

/** By what its output costs: a test should cost its owner next to nothing. */
function cheapestModel(provider: string, { models }: CatalogSnapshot): ModelSnapshot | undefined {
  let cheapest: ModelSnapshot | undefined;
  for (const model of models.values()) {
    if (model.provider !== provider || !model.price) continue;
    if (!cheapest?.price || model.price.output < cheapest.price.output) cheapest = model;
  }
  return cheapest;
}
