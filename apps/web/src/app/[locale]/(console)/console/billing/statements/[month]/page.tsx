import { readMonth } from '@ai-bridge/domain';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Statement } from '#features/statement/components/statement.tsx';
import { monthText } from '#features/statement/month-text.ts';

interface StatementRouteProps {
  readonly params: Promise<{ month: string }>;
}

export async function generateMetadata({ params }: StatementRouteProps): Promise<Metadata> {
  const [t, locale, { month: text }] = await Promise.all([getTranslations('statements'), getLocale(), params]);
  const month = readMonth(text);
  return { title: month ? t('statement.title', { month: monthText(month, locale) }) : t('title') };
}

export default async function StatementRoute({ params }: StatementRouteProps) {
  const month = readMonth((await params).month);
  if (!month) notFound();
  return <Statement key={month} month={month} />;
}
