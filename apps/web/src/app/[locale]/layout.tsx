import '../globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale, NextIntlClientProvider } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { accentStyle } from '#components/accent.ts';
import { SkipLink } from '#components/shell/skip-link.tsx';
import { SiteProvider } from '#components/site.tsx';
import { currentSettings, currentSite } from '#features/site/server/current-site.ts';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { routing } from '#i18n/routing.ts';

interface LayoutProps {
  readonly params: Promise<{ locale: string }>;
  readonly children: ReactNode;
}

export async function generateMetadata(): Promise<Metadata> {
  const [t, { siteName }] = await Promise.all([getTranslations('site'), currentSettings()]);
  return { title: { default: siteName, template: `%s · ${siteName}` }, description: t('description') };
}

export default async function RootLayout({ params, children }: LayoutProps) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const [theme, settings, site] = await Promise.all([currentTheme(), currentSettings(), currentSite()]);
  return (
    <html
      lang={locale === 'zh' ? 'zh-Hans' : 'en'}
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      style={accentStyle(settings.accentOnLight, settings.accentOnDark)}
    >
      <body className="font-sans antialiased">
        <NextIntlClientProvider>
          <SiteProvider site={site}>
            <SkipLink />
            {children}
          </SiteProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
