import { readSettings } from '@ai-bridge/catalog';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ConsoleProviders } from '#components/console-providers.tsx';
import { PermissionsProvider } from '#components/permissions.tsx';
import { ConsoleShell } from '#components/shell/console-shell.tsx';
import { Banners } from '#features/announcement/server/banners.tsx';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { isDemo } from '#features/site/server/is-demo.ts';
import { redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { grantedTo, isStaff } from '#server/granted.ts';
import { pathHeader } from '#server/path-header.ts';

/** The frame of the staff's pages; for a customer there is nothing here. */
export default async function AdminLayout({ children }: { readonly children: ReactNode }) {
  const session = await currentSession();
  if (!session) {
    const next = (await headers()).get(pathHeader) ?? '/admin';
    return redirect({ href: { pathname: '/sign-in', query: { next } }, locale: await getLocale() });
  }
  const { user } = session;
  const roles = { staffRole: user.staffRole };
  if (!isStaff(roles)) notFound();
  const { prisma } = composition().deps;
  const [theme, settings, demo] = await Promise.all([currentTheme(), readSettings(prisma), isDemo(prisma)]);
  const t = await getTranslations('admin');
  return (
    <ConsoleProviders>
      <PermissionsProvider permissions={grantedTo(roles)}>
        <Banners />
        <ConsoleShell
          siteName={settings.siteName}
          area="admin"
          place={t('navigation')}
          isStaff
          user={{ name: user.name, email: user.email }}
          theme={theme}
          demo={demo}
        >
          {children}
        </ConsoleShell>
      </PermissionsProvider>
    </ConsoleProviders>
  );
}
