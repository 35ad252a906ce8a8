'use client';

import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { type ApiOutput, api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { JoinNewcomer } from './join-newcomer.tsx';
import { forgetInvitationToken, useInvitationToken } from './use-invitation-token.ts';

type Preview = ApiOutput['invitation']['preview'];

const skeletonRows = 4;

export interface JoinProps {
  /** This page's path in the reader's language, for who signs in first. */
  readonly here: string;
  /** The console's. */
  readonly next: string;
}

/** Answers an invitation: for who is signed in, who has to sign in, and who has no account yet. */
export function Join({ here, next }: JoinProps) {
  const t = useTranslations('auth.join');
  const failure = useFailure();
  const token = useInvitationToken();
  const preview = api.invitation.preview.useMutation();
  const { mutate } = preview;
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (!token || asked.current === token) return;
    asked.current = token;
    mutate({ token });
  }, [token, mutate]);
  if (token === '') return <p className="text-small">{t('missing')}</p>;
  if (preview.error) return <ErrorState {...failure(preview.error)} />;
  if (!token || !preview.data) return <SkeletonRows rows={skeletonRows} />;
  const { organizationName: organization, role, email } = preview.data;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1 border-l-2 border-rule-strong pl-4 text-small wrap-anywhere">
        <p className="font-medium">{t('asked', { organization, role: t(`role.${role}`) })}</p>
        <p className="text-ink-soft">{t('for', { email })}</p>
      </div>
      <Answer preview={preview.data} token={token} here={here} next={next} />
    </div>
  );
}

interface AnswerProps extends JoinProps {
  readonly preview: Preview;
  readonly token: string;
}

function Answer({ preview, token, here, next }: AnswerProps) {
  const t = useTranslations('auth.join');
  const { reader, isAccepted, hasAccount, email } = preview;
  if (reader?.isInvited) return <Accept token={token} next={next} />;
  if (reader) return <OtherAccount invited={email} present={reader.email} />;
  if (isAccepted || hasAccount) {
    return (
      <>
        {isAccepted && <p className="text-small">{t('accepted')}</p>}
        <Link href={{ pathname: '/sign-in', query: { next: here } }} className={buttonClass('primary')}>
          {t('signIn')}
        </Link>
      </>
    );
  }
  return <JoinNewcomer token={token} next={next} />;
}

function Accept({ token, next }: { readonly token: string; readonly next: string }) {
  const t = useTranslations('auth.join');
  const failure = useFailure();
  const accept = api.invitation.accept.useMutation({
    onSuccess() {
      forgetInvitationToken();
      window.location.assign(next);
    },
  });
  return (
    <>
      {accept.error && <ErrorState {...failure(accept.error)} />}
      <Button look="primary" busy={accept.isPending || accept.isSuccess} onClick={() => accept.mutate({ token })}>
        {t('accept')}
      </Button>
    </>
  );
}

function OtherAccount({ invited, present }: { readonly invited: string; readonly present: string }) {
  const t = useTranslations('auth.join');
  async function leave() {
    await signOut({ redirect: false });
    window.location.reload();
  }
  return (
    <>
      <p className="text-small wrap-anywhere">{t('other', { email: invited, present })}</p>
      <Button onClick={leave}>{t('signOut')}</Button>
    </>
  );
}
