import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditLog } from '#features/audit/components/audit-log.tsx';
import { type Addressed, openingView } from '#features/saved-view/server/opening-view.ts';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

export default async function AuditPage(addressed: Addressed) {
  await staffPage('audit.read');
  await openingView('audit', addressed);
  return <AuditLog />;
}
