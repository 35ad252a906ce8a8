import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StaffRequest } from '#features/usage/components/staff-request.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('request');
  return { title: t('title') };
}

export default async function StaffRequestPage({ params }: { readonly params: Promise<{ requestId: string }> }) {
  await staffPage('receipt.read', 'channel.read');
  const { requestId } = await params;
  return <StaffRequest key={requestId} requestId={requestId} />;
}
