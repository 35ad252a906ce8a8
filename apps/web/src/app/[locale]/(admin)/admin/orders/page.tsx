import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Orders } from '#features/order-desk/components/orders.tsx';
import { type Addressed, openingView } from '#features/saved-view/server/opening-view.ts';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orderDesk');
  return { title: t('title') };
}

export default async function OrdersPage(addressed: Addressed) {
  await staffPage('order.read');
  await openingView('orders', addressed);
  return <Orders />;
}
