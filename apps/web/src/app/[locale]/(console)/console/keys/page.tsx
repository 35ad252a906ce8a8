import { readSettings } from '@ai-bridge/catalog';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { ApiKeys } from '#features/api-key/components/api-keys.tsx';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { toolGuides } from '#features/gateway/server/tool-guides.ts';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('keys');
  return { title: t('title') };
}

export default async function ApiKeysPage() {
  const [workerUrl, guides, settings] = await Promise.all([
    currentWorkerAddress(),
    toolGuides(await getLocale()),
    readSettings(composition().deps.prisma),
  ]);
  return <ApiKeys gateway={{ workerUrl, guides }} unit={settings.showBalanceAs} />;
}
