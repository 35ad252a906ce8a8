import { can } from '@ai-bridge/access';
import { getLocale } from 'next-intl/server';
import { isWelcomeOver } from '#features/welcome/server/read-welcome.ts';
import { redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';

/** Leads to the first set-up while that is to be done, else to the first of the staff's pages that is open to who comes. */
export default async function AdminPage() {
  const staffRole = (await currentSession())?.user.staffRole;
  const locale = await getLocale();
  const mayWelcome = can({ staffRole }, 'setting.manage');
  if (mayWelcome && !(await isWelcomeOver(composition().deps))) return redirect({ href: '/admin/welcome', locale });
  const pages = [
    ['system.read', '/admin/operations'],
    ['refund.decide', '/admin/refunds'],
    ['group.read', '/admin/groups'],
  ] as const;
  const href = pages.find(([permission]) => can({ staffRole }, permission))?.[1] ?? '/admin/requests';
  return redirect({ href, locale });
}
