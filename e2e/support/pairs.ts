import { type Script, sim } from '@ai-bridge/testing/upstream';
import { call } from './call.ts';
import { type BridgeConfig, type ChannelConfig, type ModelConfig, prices, upstreamKey } from './config.ts';
import { chat } from './prompts.ts';
import type { Stack } from './stack.ts';

/** How long a channel waits for an upstream that will keep silent: for a first byte, for the next one, and for the whole answer. */
const shortTimeouts = { firstByteMs: 400, idleMs: 400, totalMs: 1_200 } as const;

interface At {
  readonly first: string;
  /** Left out: the first channel stands alone. */
  readonly second?: string;
  /** What both speak; else Anthropic's. */
  readonly protocol?: string;
  /** What both know the model by; else its name. */
  readonly upstreamModel?: string;
  /** What the first upstream does, where it is a fake one: it stands in the id that the model is asked for by, so that tests can run side by side. */
  readonly script?: Partial<Script>;
  /** The first upstream will keep silent: its channel waits a moment only. Any other is given the usual time, however busy the machine is. */
  readonly isSilent?: boolean;
}

/**
 * Adds a model `<name>` with channels of its own: `<name>-first`, and `<name>-second` behind it. What one test does to a
 * channel does not concern the next one. Price as claude-test.
 */
export function withPair(config: BridgeConfig, name: string, at: At): BridgeConfig {
  const { first, second, protocol = 'anthropic-messages', upstreamModel = name, script, isSilent } = at;
  const channel = (suffix: string, baseUrl: string, priority: number): ChannelConfig => ({
    name: `${name}-${suffix}`,
    preset: 'custom',
    protocol,
    baseUrl,
    apiKey: upstreamKey,
    allowPrivate: true,
    models: { [name]: priority === 1 && script ? `${upstreamModel} ${sim(script)}` : upstreamModel },
    priority,
    ...(priority === 1 && isSilent ? { timeouts: shortTimeouts } : {}),
  });
  const model: ModelConfig = { id: name, price: prices['claude-test'], fallback: [] };
  const channels = [channel('first', first, 1), ...(second === undefined ? [] : [channel('second', second, 2)])];
  return { ...config, channels: [...config.channels, ...channels], models: [...config.models, model] };
}

/** Makes so many quick requests that there is budget for the failovers of one test. */
export async function earnRetries(stack: Stack, extra = 4): Promise<void> {
  const headers = { authorization: `Bearer ${stack.key}` };
  const ask = () => call(`${stack.url}/v1/chat/completions`, { headers, body: chat({ chunks: 1 }) });
  for (let left = extra * 5; left > 0; left -= 10) await Promise.all(Array.from({ length: 10 }, ask));
}

/** What the worker's metrics say of a channel: its state (0 closed, 1 half open, 2 ejected), attempts and failures. */
export async function channelFigures(
  stack: Stack,
  name: string,
): Promise<Record<'state' | 'attempts' | 'failures', number>> {
  const [row] = await stack.database.query<{ id: string }>('SELECT id FROM channel WHERE name = $1', [name]);
  const text = (await call(`${stack.url}/metrics`)).body.toString();
  const figure = (metric: string) => {
    const line = text.split('\n').find((one) => one.startsWith(`bridge_channel_${metric}{channel="${row?.id}"}`));
    return Number(line?.split(' ')[1] ?? Number.NaN);
  };
  return { state: figure('state'), attempts: figure('attempts_total'), failures: figure('attempts_failed_total') };
}
