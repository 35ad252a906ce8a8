import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SiteSettings } from '#features/site-setting/components/site-settings.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('siteSettings');
  return { title: t('title') };
}

export default async function SiteSettingsPage() {
  await staffPage('setting.read');
  return <SiteSettings />;
}
