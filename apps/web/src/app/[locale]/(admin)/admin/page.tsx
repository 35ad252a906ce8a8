import { can } from '@ai-bridge/access';
import { getLocale } from 'next-intl/server';
import { redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';

/** Leads to the first of the staff's pages that is open to who comes. */
export default async function AdminPage() {
  const staffRole = (await currentSession())?.user.staffRole;
  const pages = [
    ['system.read', '/admin/operations'],
    ['channel.read', '/admin/channels'],
    ['refund.decide', '/admin/refunds'],
    ['group.read', '/admin/groups'],
  ] as const;
  const href = pages.find(([permission]) => can({ staffRole }, permission))?.[1] ?? '/admin/requests';
  return redirect({ href, locale: await getLocale() });
}
