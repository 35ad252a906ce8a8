import { can, type Permission } from '@ai-bridge/access';
import { notFound } from 'next/navigation';
import { currentSession } from './context.ts';

/** A page of the staff's is not there for anyone else. */
export async function staffPage(permission: Permission): Promise<void> {
  const session = await currentSession();
  if (!session || !can({ staffRole: session.user.staffRole }, permission)) notFound();
}
