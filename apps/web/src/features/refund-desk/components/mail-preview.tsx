'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ApiOutput, api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useSettled } from '#components/use-settled.ts';
import { MailFrame } from '#features/mailbox/components/mail-frame.tsx';
import type { Locale } from '#i18n/routing.ts';
import { Segmented } from '#ui/segmented.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import type { RefundPage } from '../refund-page.ts';

/** How long a reason stays as it is before its mail is written anew. */
const settledAfterMs = 400;
const ends = ['succeeded', 'declined', 'failed'] as const;

type Mails = ApiOutput['refundDesk']['previewMails'];

export interface MailPreviewProps {
  readonly refund: RefundPage;
  /** As typed; undefined where it is no amount that can be approved. */
  readonly amountMinor: bigint | undefined;
  readonly reason: string;
  readonly tellsReason: boolean;
}

/** The very mail that each decision leads to, with the reason as typed so far. */
export function MailPreview({ refund, amountMinor, reason, tellsReason }: MailPreviewProps) {
  const t = useTranslations('refundDesk.mail');
  const failure = useFailure();
  const { client } = api.useUtils();
  const [end, setEnd] = useState<(typeof ends)[number]>(amountMinor === undefined ? 'declined' : 'succeeded');
  const settled = useSettled(reason.trim(), settledAfterMs);
  const amount = end === 'declined' ? refund.amountMinor : amountMinor;
  const isUnexplained = end === 'declined' && settled === '';
  const mails = useQuery({
    queryKey: ['refundMails', refund.id, end, String(amount), settled, tellsReason],
    queryFn: () =>
      client.refundDesk.previewMails.mutate({
        ...{ refundId: refund.id, end, reason: settled, tellsReason },
        amountMinor: amount ?? refund.amountMinor,
      }),
    enabled: amount !== undefined && !isUnexplained,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Segmented
        label={t('end')}
        value={end}
        onChange={setEnd}
        options={ends.map((value) => ({ value, label: t(`ends.${value}`) }))}
      />
      <p className="text-small text-ink-soft">{t(`when.${end}`)}</p>
      {isUnexplained && <p className="text-small">{t('needsReason')}</p>}
      {amount === undefined && <p className="text-small">{t('amountWrong')}</p>}
      {mails.error && <ErrorState {...failure(mails.error)} onRetry={() => mails.refetch()} />}
      {amount !== undefined && !isUnexplained && !mails.error && (
        <div aria-busy={mails.isFetching} aria-live="polite">
          {mails.data ? (
            <Written mails={mails.data} first={refund.reader.language} />
          ) : (
            <Skeleton className="h-144 w-full" />
          )}
        </div>
      )}
    </>
  );
}

function Written({ mails, first }: { readonly mails: Mails; readonly first: Locale }) {
  const t = useTranslations('refundDesk.mail');
  const [chosen, setChosen] = useState(first);
  const mail = mails.find(({ language }) => language === chosen) ?? mails[0];
  if (!mail) return <p className="text-small">{t('nobody')}</p>;
  return (
    <div className="flex flex-col gap-3">
      {mails.length > 1 && (
        <Segmented
          label={t('language')}
          value={mail.language}
          onChange={setChosen}
          options={mails.map(({ language }) => ({ value: language, label: t(language) }))}
        />
      )}
      <p className="text-small wrap-anywhere">
        <span className="text-ink-faint">{t('subject')}</span> <span className="font-medium">{mail.subject}</span>
      </p>
      <MailFrame html={mail.html} title={t('frame')} />
      <p className="text-caption text-ink-faint">{t('readers', { count: mail.readers })}</p>
    </div>
  );
}
