import type { Protocol } from '@ai-bridge/domain';
import { z } from 'zod';
import { type CodexInstructions, codexInstructions, defaultTimeouts, type Timeouts } from '../snapshot.ts';
import type { LimitColumns } from './channel-limits.ts';

/** Who made a channel: a config file, a variable of the environment, the demo, or a person. */
export type ChannelOrigin = 'config' | 'environment' | 'demo' | 'console';

/** Serves everything, each model under its public id. */
export const everyModel = '*';

/** The group that channels and keys are in when nobody says otherwise. It is always there. */
export const defaultGroup = 'default';

/** A channel's columns, apart from its id, credential and dates. */
export interface ChannelColumns extends LimitColumns {
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
  /** Ids of groups. */
  readonly groups: string[];
  readonly codexInstructions: CodexInstructions;
  /** 10000 = list price */
  readonly costBasisPoints: number;
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

/** A row's word for it; anything else leaves prompts as they are. */
export function codexInstructionsOf(value: string): CodexInstructions {
  return codexInstructions.find((known) => known === value) ?? 'keep_original';
}

const storedModels = z.record(z.string(), z.string());

/** A row's models; none where they cannot be read. */
export function modelsOfJson(value: unknown): Record<string, string> {
  const parsed = storedModels.safeParse(value);
  return parsed.success ? parsed.data : {};
}
