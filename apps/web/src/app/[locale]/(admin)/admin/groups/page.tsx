import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChannelGroups } from '#features/channel-group/components/channel-groups.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('groups');
  return { title: t('title') };
}

export default async function ChannelGroupsPage() {
  await staffPage('group.read');
  return <ChannelGroups />;
}
