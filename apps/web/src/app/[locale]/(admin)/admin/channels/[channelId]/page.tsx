import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChannelDetail } from '#features/channel/components/channel-detail.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('channels');
  return { title: t('title') };
}

export default async function ChannelPage({ params }: { readonly params: Promise<{ channelId: string }> }) {
  await staffPage('channel.read');
  return <ChannelDetail channelId={(await params).channelId} />;
}
