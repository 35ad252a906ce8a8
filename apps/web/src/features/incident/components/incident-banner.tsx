'use client';

import { useLocale, useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import type { IncidentView } from '../incident.ts';
import { IncidentStatus } from './incident-item.tsx';

const refreshMs = 60_000;

/** The open incidents that touch this organization. What the page came with is there at once; it looks again by itself. */
export function IncidentBanner({ initial }: { readonly initial: readonly IncidentView[] }) {
  const t = useTranslations('incidents');
  const locale = useLocale();
  const options = { refetchInterval: refreshMs, initialData: [...initial], staleTime: refreshMs };
  const { data: incidents } = api.incident.touching.useQuery({}, options);
  return incidents.map(({ id, title, state }) => (
    <aside
      key={id}
      aria-label={t('bannerOf', { title: textIn(locale, title) })}
      className="flex flex-wrap items-baseline gap-x-3 border-b border-rule bg-sunken px-4 py-1.5 text-small md:px-5"
    >
      <IncidentStatus state={state} />
      <Link href="/status" className={`${linkClass} min-w-0 wrap-anywhere`}>
        {textIn(locale, title)}
      </Link>
    </aside>
  ));
}
