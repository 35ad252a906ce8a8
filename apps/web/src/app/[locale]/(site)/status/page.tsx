import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { StatusPage } from '#features/status/components/status-page.tsx';
import { ClientMessages } from '#i18n/client-messages.tsx';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status');
  return pageMetadata({ path: '/status', title: t('title'), description: t('pageDescription') });
}

export default async function Page() {
  const first = await composition().deps.status.read();
  return (
    <ClientMessages parts={['common', 'errors', 'status', 'incidents']}>
      <StatusPage first={first} />
    </ClientMessages>
  );
}
