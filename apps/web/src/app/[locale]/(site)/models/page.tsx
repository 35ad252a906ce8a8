import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Models } from '#features/model/components/models.tsx';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { ClientMessages } from '#i18n/client-messages.tsx';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('models');
  return pageMetadata({ path: '/models', title: t('title'), description: t('pageDescription') });
}

export default async function ModelsPage() {
  const { models } = await composition().deps.offer.read();
  return (
    <ClientMessages parts={['common', 'errors', 'models', 'status']}>
      <Models models={models} />
    </ClientMessages>
  );
}
