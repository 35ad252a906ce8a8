import { readSettings } from '@ai-bridge/catalog';
import { getTranslations } from 'next-intl/server';
import { SiteFrame } from '#components/shell/site-frame.tsx';
import { Home } from '#features/site/components/home.tsx';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { Link } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { buttonClass } from '#ui/button.tsx';

export default async function HomePage() {
  const t = await getTranslations('home');
  const [theme, settings, session] = await Promise.all([
    currentTheme(),
    readSettings(composition().deps.prisma),
    currentSession(),
  ]);
  const signedIn = session !== undefined;
  return (
    <SiteFrame
      siteName={settings.siteName}
      theme={theme}
      actions={
        <Link href={signedIn ? '/console' : '/sign-in'} className={`${buttonClass('quiet')} max-sm:hidden`}>
          {signedIn ? t('console') : t('signIn')}
        </Link>
      }
    >
      <Home signedIn={signedIn} />
    </SiteFrame>
  );
}
