import type { Charge } from '@ai-bridge/ledger';

/** How a request ended, on its way to Postgres: its settlement record as a line of JSON, and what the ledger needs of it. */
export interface OutcomeLine extends Charge {
  readonly line: string;
}

/**
 * An outcome as it is found in a journal.
 * @throws when it lacks what the ledger needs: a charge must not get lost in silence
 */
export function readOutcomeLine(line: string): OutcomeLine {
  const { requestId, organizationId, chargeNanoUsd } = JSON.parse(line) as Record<string, unknown>;
  if (typeof requestId !== 'string' || typeof organizationId !== 'string' || typeof chargeNanoUsd !== 'string') {
    throw new Error('a settlement record lacks its request, organization or charge');
  }
  return { requestId, organizationId, chargeNanoUsd: BigInt(chargeNanoUsd), line };
}

/** The charges of a batch by organization; free requests make no entry. */
export function chargesByOrganization(outcomes: readonly Charge[]): Map<string, bigint> {
  const charges = new Map<string, bigint>();
  for (const { organizationId, chargeNanoUsd } of outcomes) {
    if (chargeNanoUsd === 0n) continue;
    charges.set(organizationId, (charges.get(organizationId) ?? 0n) + chargeNanoUsd);
  }
  return charges;
}

/**
 * The line with every character replaced that Postgres text cannot hold (NUL and halves of surrogate pairs): callers
 * choose model names and field names, and none of them may keep a request from being settled.
 * @returns undefined where the line is no JSON at all
 */
export function scrubLine(line: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(line, (_key, value) => (typeof value === 'string' ? storable(value) : value)));
  } catch {
    return undefined;
  }
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}
