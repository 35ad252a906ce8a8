import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LegalPage } from '#features/site/components/legal-page.tsx';
import { pageMetadata } from '#features/site/server/page-metadata.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('legal.privacy');
  return pageMetadata({ path: '/privacy', title: t('title'), description: t('lead') });
}

export default function Page() {
  return <LegalPage page="privacy" />;
}
