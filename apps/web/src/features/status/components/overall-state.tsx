'use client';

import { useTranslations } from 'next-intl';
import { affectedModels, type StatusReport } from '../report.ts';
import { overallTones, toneMarks } from './state-tones.ts';

/** The whole in one sentence. A change is read out. */
export function OverallState({ report }: { readonly report: StatusReport }) {
  const t = useTranslations('status.overall');
  return (
    <p
      role="status"
      data-testid="overall"
      className="mt-2 flex items-baseline gap-3 text-title font-semibold tracking-tight text-balance"
    >
      <span aria-hidden="true" className={`h-3 w-3 shrink-0 rounded-full ${toneMarks[overallTones[report.overall]]}`} />
      {t(report.overall, { count: affectedModels(report.models) })}
    </p>
  );
}
