'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { joinSentences } from '#components/sentences.ts';
import { Status } from '#ui/status.tsx';
import type { KeysTest } from '../welcome.ts';

type Working = Extract<KeysTest, { works: true }>;
type Tone = 'good' | 'warn' | 'bad' | 'quiet';

const webhookTones = { ready: 'good', incomplete: 'warn', disabled: 'bad', missing: 'warn', unseen: 'quiet' } as const;

/** What came of testing the keys: what is well, what is not, and what to do about it. */
export function KeysFindings({ found }: { readonly found: KeysTest }) {
  const t = useTranslations('welcome.payments.keys');
  if (found.works) return <WorkingKeys found={found} />;
  const { failure, providerRequestId } = found;
  return (
    <ul>
      <Finding tone="bad" title={t(`failure.${failure}.title`)} hint={t(`failure.${failure}.hint`)}>
        {providerRequestId && (
          <p className="text-caption text-ink-faint">
            {t('providerRequest')} <code className="font-mono select-all wrap-anywhere">{providerRequestId}</code>
          </p>
        )}
      </Finding>
    </ul>
  );
}

function WorkingKeys({ found }: { readonly found: Working }) {
  const t = useTranslations('welcome.payments.keys');
  const locale = useLocale();
  const { livemode, account, unreadable, webhook } = found;
  return (
    <ul className="flex flex-col gap-3">
      <Finding tone="good" title={t('works')} hint={joinSentences(useKeyFacts(found), locale)} />
      {/* Unfinished accounts can be tried out all the same. */}
      {livemode && account && !account.takesPayments && (
        <Finding tone="bad" title={t('closed.title')} hint={t('closed.hint')} />
      )}
      {unreadable.length > 0 && (
        <Finding tone="bad" title={t('unreadable.title')} hint={t('unreadable.hint')}>
          <Lines label={t('matters')}>{unreadable.map((matter) => t(`matter.${matter}`))}</Lines>
        </Finding>
      )}
      <Finding
        tone={webhookTones[webhook.state]}
        title={t(`webhook.${webhook.state}.title`)}
        hint={t(`webhook.${webhook.state}.hint`)}
      >
        {webhook.missingEvents.length > 0 && <Lines label={t('events')}>{webhook.missingEvents}</Lines>}
      </Finding>
    </ul>
  );
}

/** Mode, account and kind of a key that works, a sentence each. */
function useKeyFacts({ livemode, isRestricted, account }: Working): string[] {
  const t = useTranslations('welcome.payments.keys');
  const country = account?.country ?? '–';
  const facts = [t(livemode ? 'live' : 'test')];
  if (!account) facts.push(t('accountUnseen'));
  else if (account.name) facts.push(t('account', { name: account.name, id: account.id, country }));
  else facts.push(t('accountWithoutName', { id: account.id, country }));
  if (isRestricted) facts.push(t('restricted'));
  return facts;
}

interface FindingProps {
  readonly tone: Tone;
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
}

function Finding({ tone, title, hint, children }: FindingProps) {
  return (
    <li className="flex max-w-2xl flex-col gap-1 text-small">
      <Status tone={tone}>{title}</Status>
      <p className="wrap-anywhere text-ink-soft">{hint}</p>
      {children}
    </li>
  );
}

/** Names as Stripe's dashboard has them. */
function Lines({ label, children }: { readonly label: string; readonly children: readonly string[] }) {
  return (
    <div>
      <p className="text-ink-faint">{label}</p>
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {children.map((line) => (
          <li key={line}>
            <code className="font-mono text-caption select-all wrap-anywhere">{line}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
