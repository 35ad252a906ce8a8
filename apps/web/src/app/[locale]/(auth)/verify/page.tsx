import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { ConfirmEmail } from '#features/account/components/confirm-email.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('verify.title') };
}

export default async function VerifyPage() {
  const t = await getTranslations('auth');
  return (
    <AuthFrame
      title={t('verify.title')}
      lead={t('verify.lead')}
      footer={
        <>
          {t('signUp.other')}{' '}
          <Link href="/sign-in" className={linkClass}>
            {t('signIn.title')}
          </Link>
        </>
      }
    >
      <ConfirmEmail />
    </AuthFrame>
  );
}
