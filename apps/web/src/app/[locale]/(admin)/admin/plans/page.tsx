import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Plans } from '#features/plan-desk/components/plans.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planDesk');
  return { title: t('title') };
}

export default async function PlansPage() {
  await staffPage('plan.read');
  return <Plans />;
}
