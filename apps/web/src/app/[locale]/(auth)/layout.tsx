import { readSettings } from '@ai-bridge/catalog';
import type { ReactNode } from 'react';
import { ApiProvider } from '#components/api-provider.tsx';
import { SiteFrame } from '#components/shell/site-frame.tsx';
import { Banners } from '#features/announcement/server/banners.tsx';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { ClientMessages, frameParts } from '#i18n/client-messages.tsx';
import { composition } from '#server/deps.ts';

export default async function AuthLayout({ children }: { readonly children: ReactNode }) {
  const [theme, settings] = await Promise.all([currentTheme(), readSettings(composition().deps.prisma)]);
  return (
    <>
      <Banners />
      <SiteFrame siteName={settings.siteName} theme={theme}>
        <ClientMessages parts={[...frameParts, 'auth']}>
          <ApiProvider>{children}</ApiProvider>
        </ClientMessages>
      </SiteFrame>
    </>
  );
}
