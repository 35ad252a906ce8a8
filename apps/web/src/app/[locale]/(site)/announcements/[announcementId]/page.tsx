import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { cache } from 'react';
import { textIn } from '#components/both-languages.ts';
import { AnnouncementArticle } from '#features/announcement/components/announcement-article.tsx';
import { findPublished } from '#features/announcement/server/published.ts';
import { currentReading } from '#features/announcement/server/reading.ts';
import { composition } from '#server/deps.ts';

interface AnnouncementPageProps {
  readonly params: Promise<{ announcementId: string }>;
}

const read = cache(async (id: string) => findPublished(composition().deps.prisma, id, await currentReading()));

export async function generateMetadata({ params }: AnnouncementPageProps): Promise<Metadata> {
  const announcement = await read((await params).announcementId);
  return announcement ? { title: textIn(await getLocale(), announcement.title) } : {};
}

export default async function Page({ params }: AnnouncementPageProps) {
  const announcement = await read((await params).announcementId);
  if (!announcement) notFound();
  return <AnnouncementArticle announcement={announcement} />;
}
