import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { NewPasswordForm } from '#features/account/components/new-password-form.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('reset.title') };
}

export default async function NewPasswordPage() {
  const t = await getTranslations('auth');
  return (
    <AuthFrame
      title={t('reset.title')}
      lead={t('reset.newLead')}
      footer={
        <>
          {t('reset.back')}{' '}
          <Link href="/sign-in" className={linkClass}>
            {t('signIn.title')}
          </Link>
        </>
      }
    >
      <NewPasswordForm />
    </AuthFrame>
  );
}
