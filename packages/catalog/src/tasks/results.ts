import { protocols } from '@ai-bridge/domain';
import { z } from 'zod';

const milliseconds = z.number().int().min(0);

/** Why a call came to nothing. */
const failure = z.object({
  /** not_found: no such channel; seal: its key does not open; connect, timeout: no answer; answer: one that is an error or none. */
  kind: z.enum(['not_found', 'seal', 'connect', 'timeout', 'answer']),
  /** What the upstream or the network said, word for word but for secrets. */
  text: z.string(),
});

/** One real call on a channel. */
export const channelTestResult = z.object({
  isOk: z.boolean(),
  protocol: z.enum(protocols).optional(),
  model: z.string().optional(),
  upstreamModel: z.string().optional(),
  status: z.number().int().optional(),
  /** Until a connection stood; 0 where one was at hand. */
  connectMs: milliseconds.optional(),
  firstByteMs: milliseconds.optional(),
  totalMs: milliseconds.optional(),
  failure: failure.optional(),
});
export type ChannelTestResult = z.output<typeof channelTestResult>;

/** What an upstream says it serves. */
export const channelModelsResult = z.object({
  models: z.array(z.object({ id: z.string(), displayName: z.string().optional() })),
  /** There were more than fit. */
  isCut: z.boolean(),
  failure: failure.optional(),
});
export type ChannelModelsResult = z.output<typeof channelModelsResult>;

export const channelResetResult = z.object({
  /** The channel was ejected; else there was nothing to reset. */
  wasEjected: z.boolean(),
});

/** Ways through a proxy, each tried by connecting and hanging up. */
export const egressTestResult = z.object({
  /** At least one upstream was reached, or the proxy itself where nothing goes out through it. */
  isOk: z.boolean(),
  ways: z.array(
    z.object({
      /** host:port of an upstream of the pool's channels; absent: the proxy alone was greeted. */
      upstream: z.string().optional(),
      /** Until the upstream was reached, TLS included. */
      latencyMs: milliseconds.optional(),
      /** Why it was not, in exact words. */
      error: z.string().optional(),
    }),
  ),
  failure: failure.optional(),
});
export type EgressTestResult = z.output<typeof egressTestResult>;

/** What may be asked of a worker, and what it answers. */
export const taskKinds = {
  'channel.test': {
    input: z.object({ model: z.string(), protocol: z.enum(protocols).optional() }),
    result: channelTestResult,
  },
  'channel.models': { input: z.object({}), result: channelModelsResult },
  /** By the key's owner, on the cheapest model of its provider. */
  'own_key.test': { input: z.object({}), result: channelTestResult },
  /** On the upstreams of the channels that go out through the proxy's pool. */
  'egress.test': { input: z.object({}), result: egressTestResult },
  'channel.reset': { input: z.object({}), result: channelResetResult },
} as const;

export type TaskKind = keyof typeof taskKinds;
export type TaskInput<Kind extends TaskKind> = z.output<(typeof taskKinds)[Kind]['input']>;
export type TaskResult<Kind extends TaskKind> = z.output<(typeof taskKinds)[Kind]['result']>;

export function isTaskKind(kind: string): kind is TaskKind {
  return Object.hasOwn(taskKinds, kind);
}
