import { readSettings } from '@ai-bridge/catalog';
import { headers } from 'next/headers';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ConsoleProviders } from '#components/console-providers.tsx';
import { PermissionsProvider } from '#components/permissions.tsx';
import { ConsoleShell } from '#components/shell/console-shell.tsx';
import { AccountNotice } from '#features/account/components/account-notice.tsx';
import { Banners } from '#features/announcement/server/banners.tsx';
import { IncidentBanner } from '#features/incident/components/incident-banner.tsx';
import { incidentsTouching } from '#features/incident/server/read-incidents.ts';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { isDemo } from '#features/site/server/is-demo.ts';
import { Homeless } from '#features/team/components/homeless.tsx';
import { redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { grantedTo, isStaff } from '#server/granted.ts';
import { pathHeader } from '#server/path-header.ts';
import { requiresVerifiedEmail } from '#server/verified-email.ts';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const session = await currentSession();
  if (!session) {
    const next = (await headers()).get(pathHeader) ?? '/console';
    return redirect({ href: { pathname: '/sign-in', query: { next } }, locale: await getLocale() });
  }
  const { prisma } = composition().deps;
  const { user, memberships } = session;
  const [theme, settings, demo, incidents] = await Promise.all([
    currentTheme(),
    readSettings(prisma),
    isDemo(prisma),
    incidentsOf(memberships[0]?.organizationId),
  ]);
  const mustVerify = !user.isEmailVerified && (await requiresVerifiedEmail(composition().deps));
  const missing = session.isStaffHeldBack ? 'two_factor' : mustVerify ? 'email' : undefined;
  const roles = { organizationRole: memberships[0]?.role, staffRole: user.staffRole };
  return (
    <ConsoleProviders>
      <PermissionsProvider permissions={grantedTo(roles)}>
        <Banners />
        <IncidentBanner initial={incidents} />
        <ConsoleShell
          siteName={settings.siteName}
          area="console"
          place={memberships[0]?.organizationName ?? ''}
          organizations={memberships.map(({ organizationId: id, organizationName: name }) => ({ id, name }))}
          isStaff={isStaff(roles)}
          user={{ name: user.name, email: user.email }}
          theme={theme}
          demo={demo}
        >
          {missing && <AccountNotice missing={missing} email={user.email} />}
          {memberships.length === 0 ? (
            <Homeless isClosed={settings.signUp === 'closed'}>{children}</Homeless>
          ) : (
            children
          )}
        </ConsoleShell>
      </PermissionsProvider>
    </ConsoleProviders>
  );
}

/** Every member may know what is wrong with what the organization uses. */
async function incidentsOf(organizationId: string | undefined) {
  const { deps } = composition();
  return organizationId ? incidentsTouching(deps, organizationId, new Date(deps.clock.now())) : [];
}
