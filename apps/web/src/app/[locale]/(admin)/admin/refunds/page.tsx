import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Refunds } from '#features/refund-desk/components/refunds.tsx';
import { type Addressed, openingView } from '#features/saved-view/server/opening-view.ts';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('refundDesk');
  return { title: t('title') };
}

export default async function RefundsPage(addressed: Addressed) {
  await staffPage('order.read');
  await openingView('refunds', addressed);
  return <Refunds />;
}
