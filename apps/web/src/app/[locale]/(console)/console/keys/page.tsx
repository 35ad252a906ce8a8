import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApiKeys } from '#features/api-key/components/api-keys.tsx';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('keys');
  return { title: t('title') };
}

export default async function ApiKeysPage() {
  return <ApiKeys workerUrl={await currentWorkerAddress()} />;
}
