import type { Protocol } from '@ai-bridge/domain';
import { z } from 'zod';
import { defaultTimeouts, type Timeouts } from '../snapshot.ts';

/** Who made a channel: a config file, a variable of the environment, the demo, or a person. */
export type ChannelOrigin = 'config' | 'environment' | 'demo' | 'console';

/** Serves everything, each model under its public id. */
export const everyModel = '*';

/** A channel's columns, apart from its id, credential and dates. */
export interface ChannelColumns {
  readonly name: string;
  readonly preset: string;
  readonly provider: string;
  readonly protocols: Protocol[];
  readonly baseUrl: string;
  readonly allowPrivate: boolean;
  /** Public id -> upstream id; `*` -> `*` for all it serves. */
  readonly models: Record<string, string>;
  readonly priority: number;
  readonly weight: number;
  readonly timeouts: Partial<Timeouts>;
  /** The pool of proxies to go out through; null: directly. */
  readonly egressPool: string | null;
  readonly enabled: boolean;
  readonly origin: ChannelOrigin;
}

const maxTimeoutMs = 3_600_000;
const timeoutMs = z.int().min(1).max(maxTimeoutMs).optional();
export const timeoutsSchema = z.strictObject({ firstByteMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs });

/** A row's timeouts over the defaults. */
export function timeoutsOfJson(value: unknown): Timeouts {
  const parsed = timeoutsSchema.safeParse(value ?? {});
  const set = parsed.success ? parsed.data : {};
  return {
    firstByteMs: set.firstByteMs ?? defaultTimeouts.firstByteMs,
    idleMs: set.idleMs ?? defaultTimeouts.idleMs,
    totalMs: set.totalMs ?? defaultTimeouts.totalMs,
  };
}

const storedModels = z.record(z.string(), z.string());

/** A row's models; none where they cannot be read. */
export function modelsOfJson(value: unknown): Record<string, string> {
  const parsed = storedModels.safeParse(value);
  return parsed.success ? parsed.data : {};
}
