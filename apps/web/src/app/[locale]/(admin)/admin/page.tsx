import { can } from '@ai-bridge/access';
import { getLocale } from 'next-intl/server';
import { redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';

/** Leads to the first of the staff's pages that is open to who comes. */
export default async function AdminPage() {
  const staffRole = (await currentSession())?.user.staffRole;
  const href = can({ staffRole }, 'channel.read') ? '/admin/channels' : '/admin/groups';
  return redirect({ href, locale: await getLocale() });
}
