import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { People } from '#features/person/components/people.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('title') };
}

export default async function PeoplePage() {
  await staffPage('user.read');
  return <People />;
}
