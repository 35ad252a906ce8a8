import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Usage } from '#features/usage/components/usage.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('usage');
  return { title: t('title') };
}

export default function UsagePage() {
  return <Usage />;
}
