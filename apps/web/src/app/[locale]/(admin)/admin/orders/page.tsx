import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Orders } from '#features/order-desk/components/orders.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orderDesk');
  return { title: t('title') };
}

export default async function OrdersPage() {
  await staffPage('order.read');
  return <Orders />;
}
