import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackupHint } from '#features/operations/components/backup-hint.tsx';
import { Operations } from '#features/operations/components/operations.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operations');
  return { title: t('title') };
}

export default async function OperationsPage() {
  await staffPage('system.read');
  return (
    <>
      <Operations />
      <BackupHint />
    </>
  );
}
