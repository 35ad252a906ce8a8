'use client';

import { useTranslations } from 'next-intl';
import { type IncidentView, isOpen } from '../incident.ts';
import { IncidentItem } from './incident-item.tsx';

/** What does not work as it should, above everything else. */
export function OpenIncidents({ incidents }: { readonly incidents: readonly IncidentView[] }) {
  const t = useTranslations('incidents');
  const open = incidents.filter(isOpen);
  if (open.length === 0) return null;
  return (
    <section className="mt-8 rounded-panel border border-rule-strong bg-sheet px-4 pt-4 sm:px-5">
      <h2 className="mb-3 text-lead font-semibold tracking-tight">{t('open')}</h2>
      <ul>
        {open.map((incident) => (
          <IncidentItem key={incident.id} incident={incident} />
        ))}
      </ul>
    </section>
  );
}

/** What is over, of the last 90 days. */
export function PastIncidents({ incidents }: { readonly incidents: readonly IncidentView[] }) {
  const t = useTranslations('incidents');
  const past = incidents.filter((incident) => !isOpen(incident));
  return (
    <section className="mt-12">
      <h2 className="mb-3 text-lead font-semibold tracking-tight">{t('past')}</h2>
      {past.length === 0 && <p className="text-small text-ink-soft">{t('nonePast')}</p>}
      <ul>
        {past.map((incident) => (
          <IncidentItem key={incident.id} incident={incident} />
        ))}
      </ul>
    </section>
  );
}
