'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText } from '#components/amounts.ts';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { attemptError, attemptErrorDetail } from '../attempt-error.ts';
import type { RequestView } from './request-view.ts';

type Attempt = RequestView['attempts'][number];

export interface AttemptListProps<Tried extends Attempt> {
  readonly outcome: RequestView['outcome'];
  readonly attempts: readonly Tried[];
  /** The request was charged nothing, said to the customer. Left out where staff read. */
  readonly isFree?: boolean;
  /** What else is to be said of an attempt. */
  readonly more?: (attempt: Tried) => ReactNode;
}

/** The upstream calls within a request, in their order, and who pays for each. */
export function AttemptList<Tried extends Attempt>({ attempts, outcome, isFree, more }: AttemptListProps<Tried>) {
  const t = useTranslations('request.attempts');
  return (
    <Section title={t('title')}>
      {attempts.length === 0 && (
        <p className="text-small text-ink-soft">{outcome === 'interrupted' ? t('noneKept') : t('none')}</p>
      )}
      <ol aria-label={t('title')}>
        {attempts.map((attempt, index) => (
          <AttemptItem
            // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no id and their order never changes
            key={index}
            number={index + 1}
            attempt={attempt}
            isAnswer={isAnswer(attempts, outcome, index)}
            isFree={isFree}
          >
            {more?.(attempt)}
          </AttemptItem>
        ))}
      </ol>
    </Section>
  );
}

/** The house pays for what failed on its channels; a failed call with the customer's own key is told by its place: the last one answers. */
function isAnswer(attempts: readonly Attempt[], outcome: RequestView['outcome'], index: number): boolean {
  const attempt = attempts[index];
  if (!attempt?.ownKey) return attempt?.paidBy === 'customer';
  return index === attempts.length - 1 && outcome !== 'failed' && outcome !== 'interrupted';
}

interface AttemptItemProps {
  readonly number: number;
  readonly attempt: Attempt;
  /** What came of it is what the client got. */
  readonly isAnswer: boolean;
  readonly isFree: boolean | undefined;
  readonly children: ReactNode;
}

function AttemptItem({ number, attempt, isAnswer, isFree, children }: AttemptItemProps) {
  const t = useTranslations('request.attempts');
  const locale = useLocale();
  const error = attemptError(attempt);
  const detail = attemptErrorDetail(attempt);
  const payer = () => {
    if (isFree === undefined) return t(`payer.${attempt.ownKey ? 'ownKey' : attempt.paidBy}`);
    return isAnswer && isFree ? t('free') : t(`paidBy.${attempt.ownKey ? 'ownKey' : attempt.paidBy}`);
  };
  const figures = [
    attempt.status === undefined ? t('noStatus') : t('status', { status: String(attempt.status) }),
    ...(attempt.firstByteMs === undefined ? [] : [t('firstByte', { ms: countText(attempt.firstByteMs, locale) })]),
    ...(attempt.ownKey ? [t('ownKey')] : []),
    payer(),
  ];
  return (
    <li className="flex gap-3 border-b border-rule py-3 text-small last:border-b-0">
      <span aria-hidden="true" className="w-4 shrink-0 font-mono text-ink-faint">
        {number}
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 wrap-anywhere">
            <span className="font-medium">{attempt.provider}</span>{' '}
            <code className="font-mono text-ink-soft">{attempt.model}</code>
          </span>
          <Status tone={isAnswer ? (error ? 'warn' : 'good') : 'bad'}>
            {isAnswer ? (error ? t('brokenOff') : t('answered')) : t('failed')}
          </Status>
        </p>
        <p className="text-ink-soft">{figures.join(' · ')}</p>
        {children}
        {error && (
          <p className="mt-1">
            {t(`error.${error}`)}{' '}
            {detail && (
              <code lang="en" className="font-mono text-caption text-ink-faint wrap-anywhere">
                {detail}
              </code>
            )}
          </p>
        )}
        {attempt.repair.length > 0 && (
          <ul aria-label={t('repair')} className="mt-1">
            {attempt.repair.map(({ path, reason }) => (
              <li key={reason} className="flex flex-wrap gap-x-4">
                <code className="font-mono wrap-anywhere">{path}</code>
                <span lang="en" className="min-w-0 text-ink-soft wrap-anywhere">
                  {reason}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
