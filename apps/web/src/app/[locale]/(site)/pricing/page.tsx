import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Pricing } from '#features/pricing/components/pricing.tsx';
import { readPricing } from '#features/pricing/server/read-pricing.ts';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { ClientMessages } from '#i18n/client-messages.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pricing');
  return pageMetadata({ path: '/pricing', title: t('title'), description: t('pageDescription') });
}

export default async function PricingPage() {
  return (
    <ClientMessages parts={['common', 'errors', 'pricing', 'refundLines']}>
      <Pricing pricing={await readPricing()} />
    </ClientMessages>
  );
}
