import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CustomerRequests } from '#features/customer/components/customer-requests.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers');
  return { title: t('requests.title') };
}

interface CustomerRequestsPageProps {
  readonly params: Promise<{ organizationId: string }>;
}

export default async function CustomerRequestsPage({ params }: CustomerRequestsPageProps) {
  await staffPage('usage.read');
  const { organizationId } = await params;
  return <CustomerRequests key={organizationId} organizationId={organizationId} />;
}
