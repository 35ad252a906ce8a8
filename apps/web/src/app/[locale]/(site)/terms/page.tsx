import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LegalPage } from '#features/legal-text/components/legal-page.tsx';
import { currentLegalText } from '#features/legal-text/server/legal-texts.ts';
import { currentSettings } from '#features/site/server/current-site.ts';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('legal');
  return pageMetadata({ path: '/terms', title: t('title.terms'), description: t('description.terms') });
}

export default async function Page() {
  const [legal, site] = await Promise.all([currentLegalText(composition().deps.prisma, 'terms'), currentSettings()]);
  return <LegalPage legal={legal} site={site} />;
}
