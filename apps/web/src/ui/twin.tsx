'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Segmented } from './segmented.tsx';

export interface TwinProps {
  /** What both of them show. */
  readonly label: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
}

const views = ['chart', 'table'] as const;
/** Anywhere inside, this key changes from one to the other. */
const key = 't';

/** A chart and the same figures as a table, one key away from each other. */
export function Twin({ label, chart, table }: TwinProps) {
  const t = useTranslations('common');
  const [view, setView] = useState<(typeof views)[number]>('chart');

  function onKeyDown(event: KeyboardEvent) {
    const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select');
    if (event.key !== key || event.metaKey || event.ctrlKey || event.altKey || isTyping) return;
    event.preventDefault();
    setView(view === 'chart' ? 'table' : 'chart');
  }

  return (
    <section aria-label={label} onKeyDown={onKeyDown} className="min-w-0">
      <div className="mb-3 flex justify-end">
        <Segmented
          label={label}
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: t(`twin.${value}`) }))}
        />
      </div>
      {view === 'chart' ? chart : table}
    </section>
  );
}
