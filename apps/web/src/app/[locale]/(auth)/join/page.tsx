import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { Join } from '#features/team/components/join.tsx';
import { getPathname } from '#i18n/navigation.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('join.title') };
}

export default async function JoinPage() {
  const t = await getTranslations('auth');
  const locale = await getLocale();
  return (
    <AuthFrame title={t('join.title')} lead={t('join.lead')} footer={t('join.back')}>
      <Join here={getPathname({ href: '/join', locale })} next={getPathname({ href: '/console', locale })} />
    </AuthFrame>
  );
}
