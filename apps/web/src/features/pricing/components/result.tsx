import { useTranslations } from 'next-intl';
import type { Lasting } from '../calculator.ts';

export interface ResultProps {
  readonly lasting: Lasting;
  readonly requestsPerDay: number;
  usd(amountNanoUsd: bigint): string;
  count(of: bigint | number): string;
}

/** What the calculator found, the days first. Read out when it changes. */
export function Result({ lasting, requestsPerDay, usd, count }: ResultProps) {
  const t = useTranslations('pricing.calculator.result');
  const { days, requests, chargeNanoUsd, dayNanoUsd } = lasting;
  return (
    <div aria-live="polite" className="self-start border-l-2 border-ink pl-6">
      <p className="text-small text-ink-soft">{t('lasts')}</p>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2" data-testid="days">
        <span className="font-mono text-display tracking-tight tabular-nums">
          {days === undefined ? '∞' : days === 0n ? '< 1' : count(days)}
        </span>
        <span className="text-ink-faint">{t(days === undefined || days > 1n ? 'days' : 'day')}</span>
      </p>
      <dl className="mt-4 text-small">
        {[
          [t('requests'), count(requests)],
          [t('perRequest'), usd(chargeNanoUsd)],
          [t('perDay', { count: requestsPerDay }), usd(dayNanoUsd)],
        ].map(([label, value]) => (
          <div key={label} className="flex flex-wrap justify-between gap-x-4 border-t border-rule py-2">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="font-mono tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-caption text-ink-faint">{t('note')}</p>
    </div>
  );
}
