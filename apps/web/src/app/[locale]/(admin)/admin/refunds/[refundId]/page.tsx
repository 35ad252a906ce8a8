import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Refund } from '#features/refund-desk/components/refund.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('refundDesk');
  return { title: t('refund') };
}

export default async function RefundPage({ params }: { readonly params: Promise<{ refundId: string }> }) {
  await staffPage('order.read');
  const { refundId } = await params;
  return <Refund key={refundId} refundId={refundId} />;
}
