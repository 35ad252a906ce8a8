import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Plans } from '#features/plan/components/plans.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('plans');
  return { title: t('title') };
}

export default function PlansPage() {
  return <Plans />;
}
