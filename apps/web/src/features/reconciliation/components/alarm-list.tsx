'use client';

import type { OpenAlarm } from '@ai-bridge/billing';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { useToast } from '#ui/toast.tsx';
import { alarmPage } from '../alarm-page.ts';

export interface ShownAlarm extends Pick<OpenAlarm, 'id' | 'kind' | 'subject' | 'detail' | 'createdAt'> {
  readonly organization?: { readonly name: string } | null;
}

/** What a person has to look at, each with what it is about; done with, it goes. */
export function AlarmList({ alarms }: { readonly alarms: readonly ShownAlarm[] }) {
  const t = useTranslations('reconciliation');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  const mayResolve = useMay('alarm.resolve');
  const resolve = api.reconciliation.resolve.useMutation({
    onSuccess: () => toast({ title: t('resolved') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => Promise.all([utils.reconciliation.invalidate(), utils.orderDesk.read.invalidate()]),
  });
  return (
    <ul className="text-small">
      {alarms.map((alarm) => (
        <li
          key={String(alarm.id)}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-rule py-3"
        >
          <div className="min-w-0">
            <p className="font-medium">{t(`alarmKind.${alarm.kind}`)}</p>
            <p className="text-ink-soft">
              {alarm.organization && `${alarm.organization.name} · `}
              <LocalTime at={alarm.createdAt} />
            </p>
            <Subject alarm={alarm} />
            <Detail detail={alarm.detail} />
          </div>
          {mayResolve && (
            <Button
              busy={resolve.isPending && resolve.variables.alarmId === alarm.id}
              onClick={() => resolve.mutate({ alarmId: alarm.id })}
              aria-label={t('resolveOf', { subject: alarm.subject })}
            >
              {t('resolve')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Subject({ alarm }: { readonly alarm: ShownAlarm }) {
  const page = alarmPage(alarm);
  return (
    <p className="font-mono text-caption wrap-anywhere">
      {page ? (
        <Link href={page} className={linkClass}>
          {alarm.subject}
        </Link>
      ) : (
        alarm.subject
      )}
    </p>
  );
}

function Detail({ detail }: Pick<ShownAlarm, 'detail'>) {
  const entries = Object.entries(detail).filter(([, value]) => value !== null);
  if (entries.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-wrap gap-x-4 font-mono text-caption text-ink-faint">
      {entries.map(([name, value]) => (
        <div key={name} className="flex gap-x-1.5">
          <dt>{name}</dt>
          <dd className="wrap-anywhere text-ink-soft">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
