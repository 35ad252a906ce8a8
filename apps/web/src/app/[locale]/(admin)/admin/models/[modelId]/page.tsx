import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ModelDetail } from '#features/model-desk/components/model-detail.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modelDesk');
  return { title: t('title') };
}

export default async function ModelPage({ params }: { readonly params: Promise<{ modelId: string }> }) {
  await staffPage('price.read');
  return <ModelDetail modelId={decodeURIComponent((await params).modelId)} />;
}
