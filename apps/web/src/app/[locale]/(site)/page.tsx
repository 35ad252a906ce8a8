import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Home } from '#features/site/components/home.tsx';
import { pageMetadata } from '#features/site/server/page-metadata.ts';
import { readHome } from '#features/site/server/read-home.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('home');
  return pageMetadata({ path: '/', title: t('pageTitle'), description: t('pageDescription'), isWholeTitle: true });
}

export default async function HomePage() {
  return <Home home={await readHome()} />;
}
