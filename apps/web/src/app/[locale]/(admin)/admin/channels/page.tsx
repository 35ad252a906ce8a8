import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Channels } from '#features/channel/components/channels.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('channels');
  return { title: t('title') };
}

export default async function ChannelsPage() {
  await staffPage('channel.read');
  return <Channels />;
}
