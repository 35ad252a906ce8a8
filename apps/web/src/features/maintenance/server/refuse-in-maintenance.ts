import { secondsToComeBack } from '@ai-bridge/catalog';
import type { Context } from '#server/context.ts';
import { refuseForMaintenance } from '#server/errors.ts';
import { isStaff } from '#server/granted.ts';
import { noticeOf, readMaintenance } from './read-maintenance.ts';

/**
 * Refuses what moves money or makes new work for customers while something is worked on. Staff go on, so that they can try it.
 * @throws maintenance
 */
export async function refuseInMaintenance({ deps, session }: Pick<Context, 'deps' | 'session'>): Promise<void> {
  if (isStaff({ staffRole: session?.user.staffRole })) return;
  const maintenance = await readMaintenance(deps);
  if (!maintenance) return;
  const waitMs = secondsToComeBack(maintenance, new Date(deps.clock.now())) * 1_000;
  throw refuseForMaintenance(noticeOf(maintenance), waitMs);
}
