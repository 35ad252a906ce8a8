import { readSettings } from '@ai-bridge/catalog';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SiteFrame } from '#components/shell/site-frame.tsx';
import { Banners } from '#features/announcement/server/banners.tsx';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { Link } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { buttonClass } from '#ui/button.tsx';

export default async function SiteLayout({ children }: { readonly children: ReactNode }) {
  const t = await getTranslations('home');
  const [theme, settings, session] = await Promise.all([
    currentTheme(),
    readSettings(composition().deps.prisma),
    currentSession(),
  ]);
  return (
    <>
      <Banners />
      <SiteFrame
        siteName={settings.siteName}
        theme={theme}
        actions={
          session ? (
            <Link href="/console" className={buttonClass('plain')}>
              {t('console')}
            </Link>
          ) : (
            <>
              <Link href="/sign-in" className={buttonClass('quiet')}>
                {t('signIn')}
              </Link>
              <Link href="/sign-up" className={buttonClass('plain')}>
                {t('signUp')}
              </Link>
            </>
          )
        }
      >
        {children}
      </SiteFrame>
    </>
  );
}
