import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Models } from '#features/model-desk/components/models.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modelDesk');
  return { title: t('title') };
}

export default async function ModelsPage() {
  await staffPage('price.read');
  return <Models />;
}
