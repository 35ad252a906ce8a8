'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LocalTime } from '#components/local-time.tsx';
import { UtcDay } from '#components/utc-day.tsx';
import type { ShownEntry } from '../shown-entry.ts';
import { AuditLine } from './audit-line.tsx';
import { BusinessLine } from './business-line.tsx';
import { NoteLine } from './note-line.tsx';

/** What happened, one line each. */
export function TimelineList({ entries }: { readonly entries: readonly ShownEntry[] }) {
  const t = useTranslations('customers.timeline');
  const locale = useLocale();
  return (
    <ol aria-label={t('label')} className="text-small">
      {entries.map((entry) => (
        <li
          key={`${entry.kind}:${entry.id}`}
          className="grid gap-x-6 gap-y-0.5 border-b border-rule py-2 sm:grid-cols-[11rem_7rem_1fr] sm:items-baseline"
        >
          <span className="text-ink-faint">
            {entry.kind === 'usage' ? <UtcDay at={entry.at} locale={locale} /> : <LocalTime at={entry.at} />}
          </span>
          <span className="text-caption text-ink-faint">{t(`kinds.${entry.kind}`)}</span>
          <div className="min-w-0 wrap-anywhere">{lineOf(entry)}</div>
        </li>
      ))}
    </ol>
  );
}

function lineOf(entry: ShownEntry): ReactNode {
  switch (entry.kind) {
    case 'note':
      return <NoteLine note={entry} />;
    case 'order':
    case 'refund':
    case 'ledger':
    case 'usage':
    case 'mail':
      return <BusinessLine entry={entry} />;
    default:
      return <AuditLine entry={entry} />;
  }
}
