import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Credit } from '#features/credit-desk/components/credit.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('creditDesk');
  return { title: t('title') };
}

export default async function CreditPage() {
  await staffPage('credit.read');
  return <Credit />;
}
