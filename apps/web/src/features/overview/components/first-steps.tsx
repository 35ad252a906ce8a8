'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { api } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { CheckIcon } from '#ui/icons.tsx';
import { Section } from '#ui/section.tsx';

const watchMs = 3_000;

/** What is left to do before the first answer. It ticks itself, and is not there for who has done it before. */
export function FirstSteps() {
  const t = useTranslations('overview');
  const keys = api.apiKey.list.useQuery({});
  const usage = api.usage.summary.useQuery(
    {},
    { refetchInterval: ({ state }) => (hasRequests(state.data) ? false : watchMs) },
  );
  const hasKey = keys.data && keys.data.length > 0;
  const hasRequest = hasRequests(usage.data) || (keys.data?.some(({ lastUsedAt }) => lastUsedAt) ?? false);
  const [seenOpen, setSeenOpen] = useState(false);
  if (!keys.data || !usage.data) return null;
  if (!(hasKey && hasRequest) && !seenOpen) setSeenOpen(true);
  if (hasKey && hasRequest && !seenOpen) return null;
  return (
    <Section title={t('steps.title')}>
      <ol className="flex flex-col" aria-live="polite">
        <Step done={Boolean(hasKey)} number={1} title={t('steps.key')}>
          {!hasKey && (
            <Link href={{ pathname: '/console/keys', query: { create: '1' } }} className={buttonClass('primary')}>
              {t('steps.keyAction')}
            </Link>
          )}
        </Step>
        <Step done={hasRequest} number={2} title={t('steps.request')}>
          {!hasRequest && (
            <Link href="/docs/tools" className={buttonClass('plain')}>
              {t('steps.guides')}
            </Link>
          )}
          <span className="text-small text-ink-soft">{hasRequest ? t('steps.seen') : t('steps.waiting')}</span>
        </Step>
      </ol>
    </Section>
  );
}

function hasRequests(summary: { readonly month: { readonly requests: bigint } } | undefined): boolean {
  return summary !== undefined && summary.month.requests > 0n;
}

interface StepProps {
  readonly done: boolean;
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ done, number, title, children }: StepProps) {
  const t = useTranslations('overview');
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-rule py-2 last:border-b-0">
      <span
        className={`flex size-6 shrink-0 items-center justify-center rounded-full border font-mono text-caption ${done ? 'border-good text-good' : 'border-rule-strong'}`}
      >
        {done ? <CheckIcon /> : number}
      </span>
      <span className="grow text-small">
        {title}
        {done && <span className="sr-only">{t('steps.done')}</span>}
      </span>
      {children}
    </li>
  );
}
