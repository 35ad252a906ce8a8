import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LegalDesk } from '#features/legal-text/components/legal-desk.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('legal');
  return { title: t('desk.title') };
}

export default async function LegalDeskPage() {
  await staffPage('legalText.read');
  return <LegalDesk />;
}
