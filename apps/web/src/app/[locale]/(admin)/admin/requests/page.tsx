import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FindRequest } from '#features/usage/components/find-request.tsx';
import { staffPage } from '#server/staff-page.ts';
import { PageHead } from '#ui/section.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staffRequest');
  return { title: t('title') };
}

export default async function RequestsPage() {
  await staffPage('receipt.read', 'channel.read');
  const t = await getTranslations('staffRequest');
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <FindRequest at="/admin/requests" />
    </>
  );
}
