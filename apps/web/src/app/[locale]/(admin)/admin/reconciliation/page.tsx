import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Reconciliation } from '#features/reconciliation/components/reconciliation.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reconciliation');
  return { title: t('title') };
}

export default async function ReconciliationPage() {
  await staffPage('reconciliation.read');
  return <Reconciliation />;
}
