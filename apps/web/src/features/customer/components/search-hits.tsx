'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Section } from '#ui/section.tsx';
import { customerHref, foundKinds } from '../found.ts';

type Hit = ApiOutput['customer']['search'][number];

/** What a text may mean, kind by kind. Each leads to its customer. */
export function SearchHits({ hits }: { readonly hits: readonly Hit[] }) {
  const t = useTranslations('customers');
  const kinds = foundKinds.filter((kind) => hits.some((hit) => hit.kind === kind));
  return kinds.map((kind) => (
    <Section key={kind} title={t(`found.kind.${kind}`)}>
      <ul className="text-small">
        {hits
          .filter((hit) => hit.kind === kind)
          .map((hit) => (
            <li
              key={`${hit.id}:${hit.organization.id}`}
              className="flex min-h-9 flex-wrap items-center justify-between gap-x-6 border-b border-rule py-1"
            >
              <Link
                href={customerHref(hit.organization.id, hit)}
                className={`${linkClass} inline-flex min-h-6 items-center wrap-anywhere`}
              >
                {hit.label ?? hit.id}
              </Link>
              <span className="text-caption text-ink-faint">{hit.organization.name}</span>
            </li>
          ))}
      </ul>
    </Section>
  ));
}
