import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OrderPage } from '#features/order/components/order-page.tsx';

interface OrderRouteProps {
  readonly params: Promise<{ orderId: string }>;
  readonly searchParams: Promise<{ checkout?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order');
  return { title: t('title') };
}

export default async function OrderRoute({ params, searchParams }: OrderRouteProps) {
  const [{ orderId }, { checkout }] = await Promise.all([params, searchParams]);
  return <OrderPage key={orderId} orderId={orderId} isBack={checkout === 'done'} />;
}
