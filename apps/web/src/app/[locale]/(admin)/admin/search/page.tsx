import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Search } from '#features/customer/components/search.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers.search');
  return { title: t('title') };
}

export default async function SearchPage() {
  await staffPage('organization.read');
  return <Search />;
}
