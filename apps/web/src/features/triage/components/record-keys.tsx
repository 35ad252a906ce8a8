'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { BackLink } from '#components/back-link.tsx';
import { allQuery } from '#features/saved-view/view-pages.ts';
import { Link, usePathname, useRouter } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { keepTrail, keptTrailText, setReturning } from '../kept-trail.ts';
import { placeIn, readTrail, type Trail } from '../trail.ts';
import type { Deed } from '../triage-key.ts';
import { focusDecision } from './decision-place.tsx';
import { KeysHelp } from './keys-help.tsx';
import { type Acts, focusSearch, useTriageKeys } from './use-triage-keys.ts';

export interface RecordKeysProps {
  /** The list of all such records, for who did not come from one. */
  readonly list: string;
  /** What the list is called. */
  readonly title: string;
  /** What r leads to on this page, if it has that. */
  readonly decisionId?: string;
}

/** The way from a record back to its list and on to its neighbours there, also by single keys. */
export function RecordKeys({ list, title, decisionId }: RecordKeysProps) {
  const t = useTranslations('triage');
  const [isHelpOpen, setHelpOpen] = useState(false);
  const router = useRouter();
  const { back, place } = useTrail(list);
  const goTo = (href: string | undefined) => {
    // The browser's own way back leads to the list, however many records were looked at.
    if (href) router.replace(href);
  };
  const acts: Acts = {
    next: () => goTo(place?.next),
    previous: () => goTo(place?.previous),
    ...(decisionId && { decide: () => focusDecision(decisionId) }),
    back: () => {
      setReturning(true);
      router.push(back);
    },
    search: focusSearch,
    help: () => setHelpOpen(true),
  };
  useTriageKeys(acts);
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4">
      <BackLink href={back} onFollow={() => setReturning(true)}>
        {title}
      </BackLink>
      <div className="mb-3 flex flex-wrap items-center gap-x-1">
        {place && (
          <nav aria-label={t('neighbours')} className="flex items-center gap-x-1">
            <Neighbour href={place.previous}>{t('previous')}</Neighbour>
            <span className="px-1 text-caption text-ink-faint">
              {t('place', { at: place.index + 1, count: place.count })}
            </span>
            <Neighbour href={place.next}>{t('next')}</Neighbour>
          </nav>
        )}
        <KeysHelp place="record" offered={Object.keys(acts) as Deed[]} isOpen={isHelpOpen} onOpenChange={setHelpOpen} />
      </div>
    </div>
  );
}

function Neighbour({ href, children }: { readonly href: string | undefined; readonly children: string }) {
  if (!href) return null;
  return (
    <Link href={href} replace className={buttonClass('quiet')}>
      {children}
    </Link>
  );
}

const never = () => () => {};

/** The list that one came from, where this record was in it; and that it is this record that one is at. */
function useTrail(list: string) {
  const path = usePathname();
  const text = useSyncExternalStore(never, keptTrailText, () => null);
  const kept = readTrail(text);
  const trail = kept?.list.split('?')[0] === list ? kept : undefined;
  const place = trail && placeIn(trail, path);
  const arrive = useEffectEvent(() => {
    setReturning(false);
    if (trail && place) keepTrail({ ...trail, at: path });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record is another arrival
  useEffect(() => arrive(), [path]);
  return { place, back: trail && place ? addressOf(trail) : list };
}

/** Without filters it says so: the list would open with a view of its own. */
function addressOf({ list }: Trail): string {
  return list.includes('?') ? list : `${list}?${new URLSearchParams(allQuery)}`;
}
