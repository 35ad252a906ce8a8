'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { RecordTable } from '#ui/record-table.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { bytesText, durationText, worst } from '../figures.ts';
import { type Judgement, together } from '../judgement.ts';
import { JudgementWord } from './judgement-word.tsx';
import type { PartProps } from './traffic.tsx';

interface Row {
  readonly id: string;
  readonly name: string;
  /** Null: not in use, which is neither good nor bad. */
  readonly judgement: Judgement | null;
  readonly facts: ReactNode;
  readonly href?: string;
}

/** What the workers and the console stand on: Postgres, Redis, the payment provider, mail, the channels. */
export function Backing({ operations, judgements }: PartProps) {
  const t = useTranslations('operations.backing');
  const locale = useLocale();
  const { postgres, payments, isTestMoney, mail, hasRedis, channels } = operations;
  const all = together(operations);
  const ago = (seconds: number | null) => (seconds === null ? '–' : durationText(seconds * 1_000, locale));
  const ejected = channels.filter(({ state }) => state === 'open').length;
  const draining = channels.filter(({ isDraining }) => isDraining).length;
  const rows: readonly Row[] = [
    {
      id: 'postgres',
      name: `Postgres ${postgres.version}`,
      judgement: worst(judgements.postgres, judgements.connections),
      facts: t('postgres', {
        latency: durationText(postgres.latencyMs, locale),
        connections: countText(postgres.connections, locale),
        max: countText(postgres.maxConnections, locale),
        size: bytesText(postgres.sizeBytes, locale),
      }),
    },
    {
      id: 'redis',
      name: 'Redis',
      judgement: hasRedis ? judgements.redis : null,
      facts: hasRedis
        ? all.redisAway > 0
          ? t('redisAway', { count: all.redisAway })
          : t('redis', { latency: all.redisMs === null ? '–' : durationText(all.redisMs, locale) })
        : t('noRedis'),
    },
    {
      id: 'payments',
      name: payments?.provider === 'stripe' ? 'Stripe' : t('payments'),
      judgement: payments ? worst(judgements.payments, judgements.paymentsFailed) : null,
      facts: payments ? (
        <>
          {payments.provider === 'sandbox' ? t('sandbox') : isTestMoney ? t('testMoney') : t('realMoney')}{' '}
          {payments.lastReceivedAt ? (
            <>
              {t('lastEvent')} <LocalTime at={payments.lastReceivedAt} precision="second" />
              {t('lag', { lag: ago(payments.lastLagSeconds) })}{' '}
            </>
          ) : (
            payments.provider === 'stripe' && `${t('noEvent')} `
          )}
          {t('inbox', { waiting: payments.waiting, failed: payments.failed })}
        </>
      ) : (
        t('noPayments')
      ),
      href: '/admin/reconciliation',
    },
    {
      id: 'mail',
      name: t('mail'),
      judgement: mail.hasSmtp ? worst(judgements.mail, judgements.mailFailed) : null,
      facts: mail.hasSmtp
        ? t('queue', { waiting: mail.waiting, failed: mail.failed, oldest: ago(mail.oldestWaitingSeconds) })
        : t('kept'),
      href: '/admin/mailbox',
    },
    {
      id: 'channels',
      name: t('channels'),
      judgement: judgements.channels,
      facts: t('channelsOf', { all: channels.length, ejected, draining }),
      href: '/admin/channels',
    },
  ];
  return (
    <div id="backing" className="mt-10 scroll-mt-6">
      <Section title={t('title')}>
        <RecordTable
          label={t('title')}
          rows={rows}
          columns={[
            {
              label: t('name'),
              cell: ({ name, href }) =>
                href ? (
                  <Link href={href} className={linkClass}>
                    {name}
                  </Link>
                ) : (
                  name
                ),
              className: 'font-medium',
            },
            {
              label: t('state'),
              cell: ({ judgement }) =>
                judgement === null ? (
                  <Status tone="quiet">{t('unused')}</Status>
                ) : (
                  <JudgementWord judgement={judgement} />
                ),
            },
            { label: t('facts'), cell: ({ facts }) => facts, className: 'min-w-72 whitespace-normal py-1.5' },
          ]}
        />
      </Section>
    </div>
  );
}
