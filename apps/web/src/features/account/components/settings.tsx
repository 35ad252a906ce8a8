'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { DataSection } from './data-section.tsx';
import { EmailSection } from './email-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { MailSection } from './mail-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SessionSection } from './session-section.tsx';
import { TwoFactorSection } from './two-factor-section.tsx';

const skeletonRows = 14;

/** The page of one's own account. */
export function Settings() {
  const t = useTranslations('settings');
  const failure = useFailure();
  const { data: me, error, isPending, refetch } = api.account.me.useQuery();
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-11" />}
      {me && (
        <>
          <ProfileSection me={me} />
          <EmailSection me={me} />
          <PasswordSection me={me} />
          <TwoFactorSection me={me} />
          <IdentitySection me={me} />
          <SessionSection />
          <MailSection me={me} />
          <DataSection />
        </>
      )}
    </>
  );
}
