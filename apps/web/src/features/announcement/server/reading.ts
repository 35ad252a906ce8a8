import { cookies } from 'next/headers';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { isStaff } from '#server/granted.ts';
import { audiencesOf, type PublishedAnnouncement } from '../announcement.ts';
import { dismissedCookie, readDismissed } from '../dismissed.ts';
import { listPinned, type Reading } from './published.ts';

/** What whoever looks at a page may read now. */
export async function currentReading(): Promise<Reading> {
  const session = await currentSession();
  const staff = isStaff({ staffRole: session?.user.staffRole });
  const now = new Date(composition().deps.clock.now());
  return { audiences: audiencesOf({ isSignedIn: session !== undefined, isStaff: staff }), now };
}

/** What stands above this page: not what this browser has closed. */
export async function currentBanners(): Promise<PublishedAnnouncement[]> {
  const [reading, jar] = await Promise.all([currentReading(), cookies()]);
  const dismissed = readDismissed(jar.get(dismissedCookie)?.value);
  const pinned = await listPinned(composition().deps.prisma, reading);
  return pinned.filter(({ id }) => !dismissed.includes(id));
}
