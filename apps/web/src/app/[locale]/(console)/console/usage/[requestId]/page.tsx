import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Request } from '#features/usage/components/request.tsx';

interface RequestPageProps {
  readonly params: Promise<{ requestId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('request');
  return { title: t('title') };
}

export default async function RequestPage({ params }: RequestPageProps) {
  const { requestId } = await params;
  return <Request key={requestId} requestId={requestId} />;
}
