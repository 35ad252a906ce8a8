import { useTranslations } from 'next-intl';
import type { StatusReport } from '../report.ts';
import { affectedModels } from '../report.ts';
import { overallTones, toneMarks } from './state-tones.ts';

/** The state of everything in one line, as of when the page was made. */
export function OverallLine({ report }: { readonly report: Pick<StatusReport, 'overall' | 'models'> }) {
  const t = useTranslations('status.overall');
  return (
    <span className="flex items-baseline gap-2.5 font-sans text-body leading-snug font-medium tracking-normal">
      <span
        aria-hidden="true"
        className={`size-2.5 shrink-0 translate-y-px rounded-full ${toneMarks[overallTones[report.overall]]}`}
      />
      {t(report.overall, { count: affectedModels(report.models) })}
    </span>
  );
}
