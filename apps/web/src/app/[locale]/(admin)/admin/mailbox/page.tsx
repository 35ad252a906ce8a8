import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Mailbox } from '#features/mailbox/components/mailbox.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mailbox');
  return { title: t('title') };
}

export default async function MailboxPage() {
  await staffPage('mailbox.read');
  return <Mailbox />;
}
