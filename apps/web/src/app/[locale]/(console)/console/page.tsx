import { readSettings } from '@ai-bridge/catalog';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { Overview } from '#features/overview/components/overview.tsx';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

export default async function OverviewPage() {
  const [workerUrl, settings] = await Promise.all([currentWorkerAddress(), readSettings(composition().deps.prisma)]);
  return <Overview workerUrl={workerUrl} unit={settings.showBalanceAs} />;
}
