import { useTranslations } from 'next-intl';
import { ModelRow } from '#features/status/components/model-row.tsx';
import type { ModelStatus } from '#features/status/report.ts';
import { wasSeen } from '#features/status/report.ts';

export interface ModelHistoryProps {
  readonly statuses: readonly ModelStatus[];
  /** YYYY-MM-DD, UTC, of the first day that they tell of. */
  readonly firstDay: string;
}

/** How a model did at each provider that answered for it, over 90 days. */
export function ModelHistory({ statuses, firstDay }: ModelHistoryProps) {
  const t = useTranslations('models');
  const seen = statuses.filter(wasSeen);
  if (seen.length === 0) return <p className="text-small text-ink-soft">{t('notSeen')}</p>;
  return (
    <ul>
      {seen.map((status) => (
        <ModelRow key={status.provider} model={status} firstDay={firstDay} level="h3" />
      ))}
    </ul>
  );
}
