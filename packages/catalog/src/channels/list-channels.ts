import type { PrismaSession } from '@ai-bridge/db';
import { isProtocol, type Protocol } from '@ai-bridge/domain';
import type { CodexInstructions, Timeouts } from '../snapshot.ts';
import { type ChannelHealth, readChannelHealth } from './channel-health.ts';
import { type ChannelLimits, limitsOfColumns } from './channel-limits.ts';
import { type ChannelOrigin, codexInstructionsOf, modelsOfJson, timeoutsSchema } from './columns.ts';

/** A channel as staff see it. Its credential is only ever there or not. */
export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly preset: string;
  readonly provider: string;
  readonly protocols: readonly Protocol[];
  readonly baseUrl: string;
  readonly allowPrivate: boolean;
  /** Public id -> upstream id; `*` -> `*` for all it serves. */
  readonly models: Readonly<Record<string, string>>;
  readonly priority: number;
  readonly weight: number;
  /** Those that are set; the defaults stand for the others. */
  readonly timeouts: Readonly<Partial<Timeouts>>;
  readonly groups: readonly string[];
  readonly egressPool: string | null;
  readonly codexInstructions: CodexInstructions;
  /** What its upstream asks of the operator: 10000 = list price. */
  readonly costBasisPoints: number;
  /** What the account with its upstream allows; empty: nothing is limited. */
  readonly limits: ChannelLimits;
  readonly enabled: boolean;
  /** Takes no new requests since then; null: takes them. */
  readonly drainingSince: Date | null;
  readonly origin: ChannelOrigin;
  readonly hasCredential: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** What workers see of it just now; undefined where none has seen it. */
  readonly health: ChannelHealth | undefined;
}

/** Every channel that is not deleted, by priority and name. */
export async function listChannels(session: PrismaSession): Promise<readonly ChannelView[]> {
  const [rows, health] = await Promise.all([
    session.channel.findMany({ where: { deletedAt: null }, orderBy: [{ priority: 'asc' }, { name: 'asc' }] }),
    readChannelHealth(session),
  ]);
  return rows.map((row) => {
    const { id, name, preset, provider, baseUrl, allowPrivate, priority, weight, groups, egressPool } = row;
    const { costBasisPoints, enabled, drainingSince, createdAt, updatedAt } = row;
    return {
      ...{ id, name, preset, provider, baseUrl, allowPrivate, priority, weight, groups, egressPool },
      ...{ costBasisPoints, enabled, drainingSince, createdAt, updatedAt },
      protocols: row.protocols.filter(isProtocol),
      models: modelsOfJson(row.models),
      timeouts: setTimeouts(row.timeouts),
      codexInstructions: codexInstructionsOf(row.codexInstructions),
      limits: limitsOfColumns(row) ?? {},
      origin: row.origin as ChannelOrigin,
      hasCredential: row.credentialSealed !== null,
      health: health.get(id),
    };
  });
}

function setTimeouts(value: unknown): Partial<Timeouts> {
  const parsed = timeoutsSchema.safeParse(value ?? {});
  const entries = Object.entries(parsed.success ? parsed.data : {}).filter(([, ms]) => ms !== undefined);
  return Object.fromEntries(entries) as Partial<Timeouts>;
}
