import { can, type Permission } from '@ai-bridge/access';
import { notFound } from 'next/navigation';
import { currentSession } from './context.ts';

/** A page of the staff's is not there for anyone without one of these permissions. */
export async function staffPage(...anyOf: readonly Permission[]): Promise<void> {
  const session = await currentSession();
  const staffRole = session?.user.staffRole;
  if (!anyOf.some((permission) => can({ staffRole }, permission))) notFound();
}
