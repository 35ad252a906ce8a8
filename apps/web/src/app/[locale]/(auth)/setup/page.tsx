import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { SetUpForm } from '#features/account/components/set-up-form.tsx';
import { getPathname, Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

interface PageProps {
  readonly searchParams: Promise<{ token?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('setUp.title') };
}

export default async function SetUpPage({ searchParams }: PageProps) {
  const t = await getTranslations('auth');
  const locale = await getLocale();
  const { token } = await searchParams;
  return (
    <AuthFrame
      title={t('setUp.title')}
      lead={t('setUp.lead')}
      footer={
        <>
          {t('signUp.other')}{' '}
          <Link href="/sign-in" className={linkClass}>
            {t('signIn.title')}
          </Link>
        </>
      }
    >
      <SetUpForm
        token={typeof token === 'string' ? token : ''}
        next={getPathname({ href: '/admin', locale })}
        signInPath={getPathname({ href: '/sign-in', locale })}
      />
    </AuthFrame>
  );
}
