import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OwnKeys } from '#features/own-key/components/own-keys.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('ownKeys');
  return { title: t('title') };
}

export default function OwnKeysPage() {
  return <OwnKeys />;
}
