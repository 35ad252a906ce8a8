'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { PageHead } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { outcomeTones } from '../outcome-meaning.ts';

/** What was asked, how it ended and when: for staff who do not see receipts. */
export function RouteHead({ route }: { readonly route: ApiOutput['usage']['route'] }) {
  const t = useTranslations('request');
  const usage = useTranslations('usage');
  return (
    <>
      <PageHead
        title={route.modelRequested}
        lead={<Status tone={outcomeTones[route.outcome]}>{usage(`outcome.${route.outcome}`)}</Status>}
      />
      <p className="text-small text-ink-soft">
        <LocalTime at={route.createdAt} precision="full" />
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-small">
        <code className="font-mono select-all wrap-anywhere max-sm:text-caption">{route.id}</code>
        <CopyButton text={route.id} what={t('fact.id')} look="quiet" />
      </p>
    </>
  );
}
