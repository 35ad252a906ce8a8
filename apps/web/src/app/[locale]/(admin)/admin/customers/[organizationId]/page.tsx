import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Customer } from '#features/customer/components/customer.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers');
  return { title: t('customer') };
}

interface CustomerPageProps {
  readonly params: Promise<{ organizationId: string }>;
}

export default async function CustomerPage({ params }: CustomerPageProps) {
  await staffPage('organization.read');
  const { organizationId } = await params;
  return <Customer key={organizationId} organizationId={organizationId} />;
}
