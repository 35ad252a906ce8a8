import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { Welcome } from '#features/welcome/components/welcome.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('welcome');
  return { title: t('title') };
}

export default async function WelcomePage() {
  await staffPage('setting.manage');
  return <Welcome workerUrl={await currentWorkerAddress()} />;
}
