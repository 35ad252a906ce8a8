'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { stateTones } from './state-tones.ts';

type Report = ApiOutput['status']['models'];

const marks = { good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad', quiet: 'bg-rule-strong' } as const;

/** The whole in one sentence. A change is read out. */
export function OverallState({ report }: { readonly report: Report }) {
  const t = useTranslations('status.overall');
  const affected = report.models.filter(({ state }) => state === 'down' || state === 'degraded').length;
  const tone = report.overall === 'partly_down' ? 'bad' : stateTones[report.overall];
  return (
    <p
      role="status"
      data-testid="overall"
      className="mt-2 flex items-baseline gap-3 text-title font-semibold tracking-tight text-balance"
    >
      <span aria-hidden="true" className={`h-3 w-3 shrink-0 rounded-full ${marks[tone]}`} />
      {t(report.overall, { count: affected })}
    </p>
  );
}
