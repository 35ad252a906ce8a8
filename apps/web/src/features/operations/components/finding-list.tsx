'use client';

import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import { findings, type Judged, type Judgement, placesToAct } from '../judgement.ts';
import { JudgementWord } from './judgement-word.tsx';

/** What is not fine, the most urgent first, each with where to act on it. */
export function FindingList({ judgements }: { readonly judgements: Readonly<Record<Judged, Judgement>> }) {
  const t = useTranslations('operations');
  const found = findings(judgements);
  return (
    <div role="status" className="mb-8 border-y border-rule py-3 text-small">
      {found.length === 0 ? (
        <Status tone="good">{t('allFine')}</Status>
      ) : (
        <ul className="flex flex-col gap-2">
          {found.map((name) => (
            <li key={name} className="flex flex-wrap items-baseline gap-x-3">
              <span className="w-16 shrink-0">
                <JudgementWord judgement={judgements[name]} />
              </span>
              <span className="min-w-0">{t(`finding.${name}`)}</span>
              <Link href={placesToAct[name]} className={`${linkClass} flex min-h-6 items-center`}>
                {t(`place.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
