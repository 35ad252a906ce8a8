import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { llmsFull } from '#features/docs/server/machine-files.ts';
import { routing } from '#i18n/routing.ts';

export const dynamic = 'force-dynamic';

export async function GET(_request: Request, { params }: { readonly params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  return hasLocale(routing.locales, locale) ? llmsFull(locale) : notFound();
}
