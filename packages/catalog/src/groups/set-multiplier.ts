import type { PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { datesAhead } from '../prices/in-force.ts';
import { basisPointsAt, type MultiplierRow } from './group-snapshot.ts';

export interface NewMultiplier {
  readonly groupId: string;
  readonly multiplierBasisPoints: number;
  readonly validFrom: Date;
  /** system | config | console */
  readonly source: string;
}

/** Adds a row, whatever was in force before. `rows` are all the group has. @returns the new one */
export async function addMultiplier(
  session: PrismaSession,
  rows: readonly MultiplierRow[],
  multiplier: NewMultiplier,
  actor: CatalogActor,
): Promise<MultiplierRow> {
  const version = Math.max(0, ...rows.map((row) => row.version)) + 1;
  const row = await session.groupMultiplier.create({ data: { ...multiplier, version } });
  const { groupId, multiplierBasisPoints, validFrom } = multiplier;
  const from = rows.length === 0 ? null : basisPointsAt(rows, validFrom);
  const detail = {
    version,
    multiplierBasisPoints: { from, to: multiplierBasisPoints },
    validFrom: validFrom.toISOString(),
  };
  await writeAudit(session, actor, 'group.multiplier', groupId, detail);
  return row;
}

/** Makes it the group's multiplier from `validFrom` on for good, past every later one that was announced. Writes nothing where it is that already. */
export async function setMultiplier(
  session: PrismaSession,
  rows: readonly MultiplierRow[],
  multiplier: NewMultiplier,
  actor: CatalogActor,
): Promise<void> {
  const all = [...rows];
  for (const validFrom of [multiplier.validFrom, ...datesAhead(rows, multiplier.validFrom)]) {
    if (basisPointsAt(all, validFrom) === multiplier.multiplierBasisPoints) continue;
    all.push(await addMultiplier(session, all, { ...multiplier, validFrom }, actor));
  }
}
