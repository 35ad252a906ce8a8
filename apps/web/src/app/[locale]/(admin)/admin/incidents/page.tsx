import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { IncidentDesk } from '#features/incident/components/incident-desk.tsx';
import { staffPage } from '#server/staff-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('incidentDesk');
  return { title: t('title') };
}

export default async function IncidentDeskPage() {
  await staffPage('incident.read');
  return <IncidentDesk />;
}
