import {
  type LoadedChannel,
  SealError,
  type TaskInput,
  type TaskKind,
  type TaskResult,
  taskKinds,
} from '@ai-bridge/catalog';
import type { Log } from '../log.ts';
import type { UpstreamPools } from '../upstream/pools.ts';
import type { TaskFailure } from './failed-call.ts';
import { listModels } from './list-models.ts';
import { testChannel } from './test-channel.ts';

export interface ChannelTasksDeps {
  /** A channel as it is now in the database. Throws SealError. */
  load(channelId: string): Promise<LoadedChannel | undefined>;
  readonly pools: UpstreamPools;
  /** Closes a channel's breaker. @returns whether it had been open */
  resetChannel(channelId: string): boolean;
  readonly log: Log;
}

export type TaskHandlers = {
  readonly [Kind in TaskKind]: (subjectId: string, input: TaskInput<Kind>) => Promise<TaskResult<Kind>>;
};

/** What staff may ask of a worker about a channel. Nobody is charged; what was done is told in the log. */
export function createChannelTasks(
  deps: ChannelTasksDeps,
): Pick<TaskHandlers, 'channel.test' | 'channel.models' | 'channel.reset'> {
  return {
    async 'channel.test'(channelId, input) {
      const { model, protocol } = taskKinds['channel.test'].input.parse(input);
      const loaded = await open(channelId, deps);
      if ('kind' in loaded) return { isOk: false, failure: loaded };
      const result = await testChannel(loaded.channel, { model, protocol }, deps.pools);
      const { isOk, status, firstByteMs, totalMs } = result;
      const { id, name } = loaded.channel;
      deps.log.info('a channel was tested', { channel: { id, name }, model, isOk, status, firstByteMs, totalMs });
      return result;
    },
    async 'channel.models'(channelId) {
      const loaded = await open(channelId, deps);
      return 'kind' in loaded ? { models: [], isCut: false, failure: loaded } : listModels(loaded, deps.pools);
    },
    async 'channel.reset'(channelId) {
      const wasEjected = deps.resetChannel(channelId);
      deps.log.info('a channel was reset', { channelId, wasEjected });
      return { wasEjected };
    },
  };
}

async function open(channelId: string, { load }: ChannelTasksDeps): Promise<LoadedChannel | TaskFailure> {
  try {
    return (await load(channelId)) ?? { kind: 'not_found', text: 'the channel is gone' };
  } catch (error) {
    if (error instanceof SealError) return { kind: 'seal', text: error.message };
    throw error;
  }
}
