'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';
import { Fact } from '#ui/fact.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';

export type Configured = ApiOutput['siteSetting']['list']['configured'];

/** What is set up by variables of the environment and by channels; never what the secrets are. */
export function ConfiguredSection({ configured }: { readonly configured: Configured }) {
  const t = useTranslations('siteSettings');
  const { channels, payments, hasMail, hasRedis, siteAddress, workerAddress } = configured;
  const is = (isThere: boolean, text?: string) => (
    <Status tone={isThere ? 'good' : 'quiet'}>{text ?? t(isThere ? 'configured.yes' : 'configured.no')}</Status>
  );
  return (
    <Section title={t('configured.title')}>
      <p className="mb-3 max-w-2xl text-small text-ink-soft">{t('configured.lead')}</p>
      <dl className="text-small">
        <Fact label={t('configured.keys')}>
          {channels.length === 0
            ? is(false)
            : channels.map(({ provider, origin, count }) => (
                <span key={`${provider} ${origin}`} className="mr-4 inline-block">
                  {is(true, t('configured.keysOf', { provider, count, from: t(`origin.${readOrigin(origin)}`) }))}
                </span>
              ))}
          <Link href="/admin/channels" className={`${linkClass} ml-4`}>
            {t('configured.channels')}
          </Link>
        </Fact>
        <Fact label="Stripe">
          {payments?.name === 'stripe' ? is(true, payments.isTest ? t('configured.test') : undefined) : is(false)}
        </Fact>
        <Fact label={t('configured.sandbox')}>{is(payments?.name === 'sandbox')}</Fact>
        <Fact label={t('configured.mail')}>{is(hasMail)}</Fact>
        <Fact label="Redis">{is(hasRedis)}</Fact>
        <Fact label={t('configured.site')}>
          {siteAddress ? <code className="font-mono">{siteAddress}</code> : is(false)}
        </Fact>
        <Fact label={t('configured.worker')}>
          {workerAddress ? <code className="font-mono">{workerAddress}</code> : is(false)}
        </Fact>
        <Fact label="Codex">
          <Link href="/admin/channels/codex-instructions" className={linkClass}>
            {t('configured.codex')}
          </Link>
        </Fact>
      </dl>
    </Section>
  );
}

function readOrigin(origin: string): 'config' | 'environment' | 'console' {
  return origin === 'config' || origin === 'environment' ? origin : 'console';
}
