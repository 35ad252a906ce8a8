import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { SignInForm } from '#features/account/components/sign-in-form.tsx';
import { getPathname, Link, redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { safePath } from '#server/safe-path.ts';

interface PageProps {
  readonly searchParams: Promise<{ next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('signIn.title') };
}

export default async function SignInPage({ searchParams }: PageProps) {
  const t = await getTranslations('auth');
  const locale = await getLocale();
  const { next } = await searchParams;
  if (await currentSession()) redirect({ href: '/console', locale });
  const target = safePath(typeof next === 'string' ? next : undefined, getPathname({ href: '/console', locale }));
  return (
    <AuthFrame
      title={t('signIn.title')}
      lead={t('signIn.lead')}
      footer={
        <>
          {t('signIn.other')}{' '}
          <Link href="/sign-up" className="text-ink underline underline-offset-4 hover:text-accent">
            {t('signUp.title')}
          </Link>
        </>
      }
    >
      <SignInForm next={target} />
    </AuthFrame>
  );
}
