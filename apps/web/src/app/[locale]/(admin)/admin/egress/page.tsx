import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Egress } from '#features/egress/components/egress.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('egress');
  return { title: t('title') };
}

export default async function EgressPage() {
  await staffPage('channel.read');
  return <Egress />;
}
