import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AnnouncementList } from '#features/announcement/components/announcement-list.tsx';
import { listPublished } from '#features/announcement/server/published.ts';
import { currentReading } from '#features/announcement/server/reading.ts';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { composition } from '#server/deps.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('announcements');
  return pageMetadata({ path: '/announcements', title: t('title'), description: t('description') });
}

export default async function Page() {
  return <AnnouncementList announcements={await listPublished(composition().deps.prisma, await currentReading())} />;
}
