import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ImportPrices } from '#features/model-desk/components/import-prices.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modelDesk');
  return { title: t('import.title') };
}

export default async function ImportPricesPage() {
  await staffPage('price.manage');
  return <ImportPrices />;
}
