import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SandboxCheckout } from '#features/payment/components/sandbox-checkout.tsx';

interface CheckoutRouteProps {
  readonly params: Promise<{ sessionId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout');
  return { title: t('title') };
}

export default async function CheckoutRoute({ params }: CheckoutRouteProps) {
  const { sessionId } = await params;
  return <SandboxCheckout key={sessionId} sessionId={sessionId} />;
}
