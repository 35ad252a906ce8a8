import type { SettlementRecord } from '@ai-bridge/domain';
import type { Charge } from '@ai-bridge/ledger';

/** How a request ended, on its way to Postgres: its settlement record, and what the ledger needs of it. */
export interface SettledOutcome extends Charge {
  readonly record: SettlementRecord;
}

/**
 * An outcome as it is found in a journal.
 * @throws when it lacks what the ledger needs: a charge must not get lost in silence
 */
export function readOutcomeLine(line: string): SettledOutcome {
  const record = JSON.parse(line) as SettlementRecord;
  const { requestId, organizationId, chargeNanoUsd } = record as { readonly [field in keyof Charge]?: unknown };
  if (typeof requestId !== 'string' || typeof organizationId !== 'string' || typeof chargeNanoUsd !== 'string') {
    throw new Error('a settlement record lacks its request, organization or charge');
  }
  return { requestId, organizationId, chargeNanoUsd: BigInt(chargeNanoUsd), record };
}

/** What a batch costs each organization, in the name of its first request that costs anything: no other batch can have that name. */
export function chargesOf(outcomes: readonly Charge[]): Charge[] {
  const charges = new Map<string, { requestId: string; organizationId: string; chargeNanoUsd: bigint }>();
  for (const { requestId, organizationId, chargeNanoUsd } of outcomes) {
    if (chargeNanoUsd === 0n) continue;
    const charge = charges.get(organizationId);
    if (charge) charge.chargeNanoUsd += chargeNanoUsd;
    else charges.set(organizationId, { requestId, organizationId, chargeNanoUsd });
  }
  return [...charges.values()];
}

/**
 * The record with every character replaced that Postgres text cannot hold (NUL and halves of surrogate pairs): callers
 * choose model names and field names, and none of them may keep a request from being settled.
 */
export function scrubRecord(record: SettlementRecord): SettlementRecord {
  return JSON.parse(JSON.stringify(record), (_key, value) => (typeof value === 'string' ? storable(value) : value));
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}
