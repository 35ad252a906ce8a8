import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Customers } from '#features/customer/components/customers.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers');
  return { title: t('title') };
}

export default async function CustomersPage() {
  await staffPage('organization.read');
  return <Customers />;
}
