import { readSettings } from '@ai-bridge/catalog';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { toolGuides } from '#features/gateway/server/tool-guides.ts';
import { Overview } from '#features/overview/components/overview.tsx';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

export default async function OverviewPage() {
  const [workerUrl, guides, settings] = await Promise.all([
    currentWorkerAddress(),
    toolGuides(await getLocale()),
    readSettings(composition().deps.prisma),
  ]);
  return <Overview workerUrl={workerUrl} unit={settings.showBalanceAs} guides={guides} />;
}
