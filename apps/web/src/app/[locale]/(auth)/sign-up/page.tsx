import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { ProviderButtons } from '#features/account/components/provider-buttons.tsx';
import { SignUpClosed } from '#features/account/components/sign-up-closed.tsx';
import { SignUpForm } from '#features/account/components/sign-up-form.tsx';
import { currentSettings } from '#features/site/server/current-site.ts';
import { getPathname, Link, redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { offeredProviders } from '#server/identity-providers.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('signUp.title') };
}

export default async function SignUpPage() {
  const t = await getTranslations('auth');
  const locale = await getLocale();
  const { signUp } = await currentSettings();
  if (await currentSession()) redirect({ href: '/console', locale });
  const next = getPathname({ href: '/console', locale });
  return (
    <AuthFrame
      title={t('signUp.title')}
      lead={signUp === 'closed' ? t('signUp.closedLead') : t('signUp.lead')}
      footer={
        <>
          {t('signUp.other')}{' '}
          <Link href="/sign-in" className="text-ink underline underline-offset-4 hover:text-accent">
            {t('signIn.title')}
          </Link>
        </>
      }
    >
      {signUp === 'closed' ? (
        <SignUpClosed />
      ) : (
        <>
          <ProviderButtons providers={offeredProviders(composition().site.identityClients)} next={next} />
          <SignUpForm next={next} />
        </>
      )}
    </AuthFrame>
  );
}
