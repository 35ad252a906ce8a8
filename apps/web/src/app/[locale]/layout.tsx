import '../globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { accentStyle } from '#components/accent.ts';
import { SkipLink } from '#components/shell/skip-link.tsx';
import { SiteProvider } from '#components/site.tsx';
import { currentSettings, currentSite } from '#features/site/server/current-site.ts';
import { currentTheme } from '#features/site/server/current-theme.ts';
import { siteOrigin } from '#features/site/server/site-origin.ts';
import { ClientMessages, frameParts } from '#i18n/client-messages.tsx';
import { routing } from '#i18n/routing.ts';

interface LayoutProps {
  readonly params: Promise<{ locale: string }>;
  readonly children: ReactNode;
}

export async function generateMetadata(): Promise<Metadata> {
  const [t, origin, { siteName }] = await Promise.all([getTranslations('site'), siteOrigin(), currentSettings()]);
  return {
    metadataBase: new URL(origin),
    title: { default: siteName, template: `%s · ${siteName}` },
    description: t('description'),
    applicationName: siteName,
    openGraph: { siteName },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f2' },
    { media: '(prefers-color-scheme: dark)', color: '#161412' },
  ],
};

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
        <ClientMessages parts={frameParts}>
          <SiteProvider site={site}>
            <SkipLink />
            {children}
          </SiteProvider>
        </ClientMessages>
      </body>
    </html>
  );
}
