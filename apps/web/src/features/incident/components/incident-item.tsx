'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { textIn } from '#components/both-languages.ts';
import { LocalTime } from '#components/local-time.tsx';
import { RichText } from '#features/rich-text/rich-text.tsx';
import { Status } from '#ui/status.tsx';
import type { IncidentState, IncidentView } from '../incident.ts';

const tones = { investigating: 'bad', identified: 'warn', monitoring: 'warn', resolved: 'good' } as const;

export function IncidentStatus({ state }: { readonly state: IncidentState }) {
  const t = useTranslations('incidents');
  return <Status tone={tones[state]}>{t(`state.${state}`)}</Status>;
}

export interface IncidentItemProps {
  readonly incident: IncidentView;
  /** What can be done with it. */
  readonly actions?: ReactNode;
}

/** An incident with all that was said of it, the newest first. */
export function IncidentItem({ incident, actions }: IncidentItemProps) {
  const t = useTranslations('incidents');
  const locale = useLocale();
  const { title, state, models, providers, startedAt, updates } = incident;
  const affected = [...providers, ...models];
  return (
    <li className="border-t border-rule py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold wrap-anywhere">{textIn(locale, title)}</h3>
        <IncidentStatus state={state} />
      </div>
      <p className="mt-1 text-caption text-ink-faint wrap-anywhere">
        {t.rich('since', { time: () => <LocalTime at={startedAt} /> })}
        {' · '}
        {affected.length === 0 ? t('everything') : affected.join(', ')}
      </p>
      <ol className="mt-3 flex flex-col gap-3 border-l border-rule-strong pl-4">
        {updates.map(({ id, at, state: then, text }) => (
          <li key={id} className="text-small">
            <p className="mb-1 text-caption text-ink-faint">
              <LocalTime at={at} />
              {` · ${t(`state.${then}`)}`}
            </p>
            <RichText text={textIn(locale, text)} below={2} />
          </li>
        ))}
      </ol>
      {actions}
    </li>
  );
}
