import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuthFrame } from '#features/account/components/auth-frame.tsx';
import { ProviderButtons } from '#features/account/components/provider-buttons.tsx';
import { SignInForm } from '#features/account/components/sign-in-form.tsx';
import { getPathname, Link, redirect } from '#i18n/navigation.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { offeredProviders } from '#server/identity-providers.ts';
import { safePath } from '#server/safe-path.ts';
import { ErrorState } from '#ui/states.tsx';

/** Why another site did not get somebody in, as our own redirects say it; next-auth has words of its own. */
const refusals = [
  'suspended',
  'email_unverified',
  'not_linked',
  'sign_up_closed',
  'maintenance',
  'too_many_attempts',
] as const;

interface PageProps {
  readonly searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('signIn.title') };
}

export default async function SignInPage({ searchParams }: PageProps) {
  const t = await getTranslations('auth');
  const locale = await getLocale();
  const { next, error } = await searchParams;
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
      {typeof error === 'string' && (
        <div className="mb-6">
          <ErrorState message={t(`signIn.provider.${refusals.find((refusal) => refusal === error) ?? 'failed'}`)} />
        </div>
      )}
      <ProviderButtons providers={offeredProviders(composition().site.identityClients)} next={target} />
      <SignInForm next={target} />
    </AuthFrame>
  );
}
