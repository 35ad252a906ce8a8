import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CodexTexts } from '#features/codex-text/components/codex-texts.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('codexTexts');
  return { title: t('title') };
}

export default async function CodexTextsPage() {
  await staffPage('setting.read');
  return <CodexTexts />;
}
