import { readSettings } from '@ai-bridge/catalog';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Billing } from '#features/billing/components/billing.tsx';
import { composition } from '#server/deps.ts';

interface BillingRouteProps {
  readonly searchParams: Promise<{ card?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing');
  return { title: t('title') };
}

export default async function BillingPage({ searchParams }: BillingRouteProps) {
  const [{ card }, settings] = await Promise.all([searchParams, readSettings(composition().deps.prisma)]);
  return <Billing unit={settings.showBalanceAs} isBack={card === 'done'} />;
}
