import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { currentWorkerAddress } from '#features/gateway/server/current-worker-address.ts';
import { Playground } from '#features/playground/components/playground.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('playground');
  return { title: t('title') };
}

export default async function PlaygroundPage() {
  return <Playground workerUrl={await currentWorkerAddress()} />;
}
