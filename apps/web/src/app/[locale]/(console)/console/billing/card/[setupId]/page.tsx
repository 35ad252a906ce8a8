import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SandboxCard } from '#features/billing/components/sandbox-card.tsx';

interface CardRouteProps {
  readonly params: Promise<{ setupId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.sandboxCard');
  return { title: t('title') };
}

export default async function CardRoute({ params }: CardRouteProps) {
  const { setupId } = await params;
  return <SandboxCard key={setupId} setupId={setupId} />;
}
