'use client';

import { useTranslations } from 'next-intl';
import { type ApiOutput, api } from '#components/api.ts';
import { BackLink } from '#components/back-link.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { LookFailure } from '#features/staff-look/components/look-failure.tsx';
import { Button } from '#ui/button.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { MailFacts } from './mail-facts.tsx';
import { MailFrame } from './mail-frame.tsx';
import { MailStatus } from './mail-status.tsx';

const skeletonRows = 8;

/** A mail's page: what it says, to whom, and what became of it. */
export function Mail({ mailId }: { readonly mailId: string }) {
  const t = useTranslations('mailbox');
  const mail = api.mailbox.read.useQuery({ mailId });
  return (
    <>
      <BackLink href="/admin/mailbox">{t('title')}</BackLink>
      {!mail.data && <h1 className="sr-only">{t('mail')}</h1>}
      {mail.isPending && <SkeletonRows rows={skeletonRows} />}
      {mail.error && <LookFailure error={mail.error} onRetry={() => mail.refetch()} />}
      {mail.data && <Known mail={mail.data} />}
    </>
  );
}

function Known({ mail }: { readonly mail: ApiOutput['mailbox']['read'] }) {
  const t = useTranslations('mailbox');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const mayRetry = useMay('mailbox.retry');
  const retry = api.mailbox.retry.useMutation({
    async onSuccess({ isQueued }) {
      await utils.mailbox.invalidate();
      if (isQueued) toast({ title: t('queued') });
    },
  });
  const canRetry = mayRetry && mail.state === 'failed' && mail.body !== undefined;
  const actions = canRetry && (
    <Button look="primary" busy={retry.isPending} onClick={() => retry.mutate({ mailId: mail.id })}>
      {t('retry')}
    </Button>
  );
  const isGone = mail.state === 'sent' || mail.state === 'failed';
  return (
    <>
      <PageHead title={mail.subject} lead={<MailStatus state={mail.state} />} actions={actions} />
      {retry.error && <ErrorState {...failure(retry.error)} />}
      <MailFacts mail={mail} />
      {mail.isSensitive && (
        <p className="mt-6 border-l-2 border-warn py-1 pl-4 text-small">
          {mail.body ? t('secret') : isGone ? t('gone') : t('hidden')}
        </p>
      )}
      {mail.body && (
        <>
          <Section title={t('section.html')}>
            <MailFrame html={mail.body.html} title={t('frame')} />
          </Section>
          <Section title={t('section.text')}>
            <pre className="whitespace-pre-wrap wrap-anywhere font-mono text-caption" data-testid="mail-text">
              {mail.body.text}
            </pre>
          </Section>
        </>
      )}
    </>
  );
}
