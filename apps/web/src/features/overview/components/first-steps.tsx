'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { ApiOutput } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { CheckIcon } from '#ui/icons.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Section } from '#ui/section.tsx';

type Steps = ApiOutput['overview']['read']['steps'];

/** Whether something is left to do before the first answer. */
export function isOpen(steps: Steps | undefined): boolean {
  return steps !== undefined && !(steps.hasCredit && steps.hasKey && steps.hasRequest);
}

/** What is left to do before the first answer. It ticks itself, and is not there for who has done it before. */
export function FirstSteps({ steps }: { readonly steps: Steps }) {
  const t = useTranslations('overview.steps');
  const mayBuy = useMay('order.create');
  const [seenOpen, setSeenOpen] = useState(false);
  if (isOpen(steps) && !seenOpen) setSeenOpen(true);
  if (!isOpen(steps) && !seenOpen) return null;
  const { hasCredit, hasKey, hasRequest } = steps;
  return (
    <Section title={t('title')}>
      <ol className="flex flex-col" aria-live="polite">
        <Step done={hasCredit} number={1} title={t('credit')}>
          {!hasCredit && mayBuy && (
            <Link href="/console/plans" className={buttonClass('plain')}>
              {t('creditAction')}
            </Link>
          )}
        </Step>
        <Step done={hasKey} number={2} title={t('key')}>
          {!hasKey && (
            <Link href={{ pathname: '/console/keys', query: { create: '1' } }} className={buttonClass('primary')}>
              {t('keyAction')}
            </Link>
          )}
        </Step>
        <Step done={hasRequest} number={3} title={t('tool')}>
          {!hasRequest && (
            <Link href="/docs/tools" className={buttonClass('plain')}>
              {t('guides')}
            </Link>
          )}
        </Step>
        <Step done={hasRequest} number={4} title={t('request')}>
          {hasRequest && (
            <Link href={{ pathname: '/console/usage', query: { range: '24h' } }} className={linkClass}>
              {t('see')}
            </Link>
          )}
          <span className="text-small text-ink-soft">{hasRequest ? t('seen') : t('waiting')}</span>
        </Step>
      </ol>
    </Section>
  );
}

interface StepProps {
  readonly done: boolean;
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ done, number, title, children }: StepProps) {
  const t = useTranslations('overview.steps');
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-rule py-2 last:border-b-0">
      <span
        className={`flex size-6 shrink-0 items-center justify-center rounded-full border font-mono text-caption ${done ? 'border-good text-good' : 'border-rule-strong'}`}
      >
        {done ? <CheckIcon /> : number}
      </span>
      <span className="grow text-small">
        {title}
        {done && <span className="sr-only">{t('done')}</span>}
      </span>
      {children}
    </li>
  );
}
