import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageServices } from '#components/page-services.tsx';
import { StatusPage } from '#features/status/components/status-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status');
  return { title: t('title') };
}

export default function Page() {
  return (
    <PageServices>
      <StatusPage />
    </PageServices>
  );
}
