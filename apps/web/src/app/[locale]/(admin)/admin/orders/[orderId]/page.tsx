import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Order } from '#features/order-desk/components/order.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orderDesk');
  return { title: t('order') };
}

export default async function OrderPage({ params }: { readonly params: Promise<{ orderId: string }> }) {
  await staffPage('order.read');
  const { orderId } = await params;
  return <Order key={orderId} orderId={orderId} />;
}
