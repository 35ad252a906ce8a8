import { readSettings } from '@ai-bridge/catalog';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { toolGuides } from '#features/gateway/server/tool-guides.ts';
import { Welcome } from '#features/welcome/components/welcome.tsx';
import { composition } from '#server/deps.ts';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('welcome');
  return { title: t('title') };
}

export default async function WelcomePage() {
  await staffPage('setting.manage');
  const [workerUrl, guides, settings] = await Promise.all([
    currentWorkerAddress(),
    toolGuides(await getLocale()),
    readSettings(composition().deps.prisma),
  ]);
  return <Welcome keys={{ gateway: { workerUrl, guides }, unit: settings.showBalanceAs }} />;
}
