import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Mail } from '#features/mailbox/components/mail.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mailbox');
  return { title: t('mail') };
}

export default async function MailPage({ params }: { readonly params: Promise<{ mailId: string }> }) {
  await staffPage('mailbox.read');
  const { mailId } = await params;
  return <Mail key={mailId} mailId={mailId} />;
}
