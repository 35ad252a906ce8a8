import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AnnouncementDesk } from '#features/announcement/components/announcement-desk.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('announcementDesk');
  return { title: t('title') };
}

export default async function AnnouncementDeskPage() {
  await staffPage('announcement.read');
  return <AnnouncementDesk />;
}
