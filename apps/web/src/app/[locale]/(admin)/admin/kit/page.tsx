import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Kit } from '#features/kit/components/kit.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('kit');
  return { title: t('title'), robots: { index: false } };
}

export default function Page() {
  return <Kit />;
}
