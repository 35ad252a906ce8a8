import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Customers } from '#features/customer/components/customers.tsx';
import { type Addressed, openingView } from '#features/saved-view/server/opening-view.ts';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers');
  return { title: t('title') };
}

export default async function CustomersPage(addressed: Addressed) {
  await staffPage('organization.read');
  await openingView('customers', addressed);
  return <Customers />;
}
