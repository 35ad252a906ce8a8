import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { usdText } from '#components/amounts.ts';
import { Model } from '#features/model/components/model.tsx';
import { modelIdOf, modelPath } from '#features/model/public-model.ts';
import { readModel } from '#features/model/server/read-model.ts';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { ClientMessages } from '#i18n/client-messages.tsx';

interface PageProps {
  readonly params: Promise<{ id: string[] }>;
}

async function viewOf({ params }: PageProps) {
  const id = modelIdOf((await params).id);
  return id === undefined ? undefined : readModel(id);
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const [t, locale, view] = await Promise.all([getTranslations('models'), getLocale(), viewOf(props)]);
  if (!view) return {};
  const { id, displayName, price } = view.model;
  const prices = { input: usdText(price.input, locale), output: usdText(price.output, locale) };
  return pageMetadata({
    path: modelPath(id),
    title: displayName,
    description: t('modelDescription', { name: displayName, id, ...prices }),
  });
}

export default async function ModelPage(props: PageProps) {
  const view = await viewOf(props);
  if (!view) notFound();
  return (
    <ClientMessages parts={['common', 'errors', 'status']}>
      <Model view={view} />
    </ClientMessages>
  );
}
