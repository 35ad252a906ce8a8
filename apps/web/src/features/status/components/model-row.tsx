'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { Status } from '#ui/status.tsx';
import { shareText } from '../share-text.ts';
import { DayBars } from './day-bars.tsx';
import { DayTable } from './day-table.tsx';
import type { ModelProps, ModelStatus } from './model-status.ts';
import { stateTones } from './state-tones.ts';

interface ModelRowProps extends ModelProps {
  /** Of its heading on the page it stands on. */
  readonly level?: 'h2' | 'h3';
}

/** One model at one provider: its state now, its figures, and its days. */
export function ModelRow({ model, firstDay, level: Heading = 'h2' }: ModelRowProps) {
  const t = useTranslations('status');
  return (
    <li className="border-b border-rule py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <Heading className="min-w-0 wrap-anywhere">
          <code className="font-mono font-medium">{model.model}</code>{' '}
          <span className="text-small text-ink-faint">{model.provider}</span>
        </Heading>
        <Status tone={stateTones[model.state]}>{t(`state.${model.state}`)}</Status>
      </div>
      <DayBars model={model} firstDay={firstDay} />
      <dl className="mt-3 grid gap-x-8 gap-y-2 sm:grid-cols-2">
        <StretchFigures label={t('stretch.now')} stretch={model.now} />
        <StretchFigures label={t('stretch.last24Hours')} stretch={model.last24Hours} />
      </dl>
      <DayTable model={model} firstDay={firstDay} />
    </li>
  );
}

interface StretchFiguresProps {
  readonly label: string;
  readonly stretch: ModelStatus['now'];
}

function StretchFigures({ label, stretch }: StretchFiguresProps) {
  const t = useTranslations('status');
  const locale = useLocale();
  const ms = (value: number | null) => (value === null ? '–' : t('milliseconds', { ms: countText(value, locale) }));
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 text-small">
      <dt className="text-ink-faint sm:w-28">{label}</dt>
      {stretch === null && <dd className="text-ink-soft">{t('state.no_traffic')}</dd>}
      {stretch && (
        <>
          <dd>{t.rich('available', { share: () => <Mono>{shareText(stretch.availability, locale)}</Mono> })}</dd>
          <dd className="text-ink-soft">
            {t.rich('firstToken', {
              p50: () => <Mono>{ms(stretch.firstByteP50Ms)}</Mono>,
              p95: () => <Mono>{ms(stretch.firstByteP95Ms)}</Mono>,
            })}
          </dd>
        </>
      )}
    </div>
  );
}

function Mono({ children }: { readonly children: string }) {
  return <span className="font-mono whitespace-nowrap tabular-nums">{children}</span>;
}
