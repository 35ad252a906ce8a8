import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReplyDesk } from '#features/reply/components/reply-desk.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replies');
  return { title: t('title') };
}

export default async function RepliesPage() {
  await staffPage('reply.read');
  return <ReplyDesk />;
}
