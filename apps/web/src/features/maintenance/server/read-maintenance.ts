import { type Maintenance, maintenanceOf, readSettings } from '@ai-bridge/catalog';
import type { Deps } from '#server/deps.ts';
import type { MaintenanceNotice } from '../maintenance.ts';

/** What is worked on just now; undefined: nothing. */
export async function readMaintenance({
  prisma,
  clock,
}: Pick<Deps, 'prisma' | 'clock'>): Promise<Maintenance | undefined> {
  return maintenanceOf(await readSettings(prisma), new Date(clock.now()));
}

export function noticeOf({ holdsRelay, text, until }: Maintenance): MaintenanceNotice {
  return { holdsRelay, text, until: until?.toISOString() ?? null };
}
