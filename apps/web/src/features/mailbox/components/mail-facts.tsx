'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { Copyable } from '#components/copyable.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { Fact } from '#ui/fact.tsx';

/** To whom a mail goes, and how far it is. */
export function MailFacts({ mail }: { readonly mail: ApiOutput['mailbox']['read'] }) {
  const t = useTranslations('mailbox');
  const locale = useLocale();
  return (
    <dl className="grid gap-x-10 text-small lg:grid-cols-2">
      <Fact label={t('fact.to')}>{mail.to}</Fact>
      <Fact label={t('fact.created')}>
        <LocalTime at={mail.createdAt} />
      </Fact>
      <Fact label={t('fact.template')}>
        <code className="font-mono">{mail.template}</code>
      </Fact>
      <Fact label={t('fact.language')}>{mail.locale === 'en' ? t('language.en') : t('language.zh')}</Fact>
      <Fact label={t('fact.attempts')}>{countText(mail.attempts, locale)}</Fact>
      <Fact label={t('fact.id')}>
        <Copyable text={mail.id} what={t('fact.id')} />
      </Fact>
      {mail.endedAt && (
        <Fact label={t('fact.ended')}>
          <LocalTime at={mail.endedAt} />
        </Fact>
      )}
      {mail.nextAttemptAt && (
        <Fact label={t('fact.next')}>
          <LocalTime at={mail.nextAttemptAt} />
        </Fact>
      )}
      {mail.lastError && <Fact label={t('fact.error')}>{mail.lastError}</Fact>}
    </dl>
  );
}
