import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Team } from '#features/team/components/team.tsx';
import { currentSession } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('team');
  return { title: t('title') };
}

export default async function TeamPage() {
  const session = await currentSession();
  return <Team userId={session?.user.id ?? ''} />;
}
