import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StatementList } from '#features/statement/components/statement-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('statements');
  return { title: t('title') };
}

export default function StatementsPage() {
  return <StatementList />;
}
