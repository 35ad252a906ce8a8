'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { type Sums, totalOf } from '#features/usage/totals.ts';
import { Figure } from '#ui/figure.tsx';
import { Section } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import type { StatementPart } from '../statement-part.ts';
import { statementNames } from '../statement-text.ts';
import { sumBy, sumByMember, type UsageLine } from '../usage-lines.ts';
import { SumsTable } from './sums-table.tsx';
import type { StatementView } from './use-statement.ts';

export interface UsageSectionsProps {
  readonly statement: StatementView;
  /** Those of the part. */
  readonly lines: readonly UsageLine[];
  readonly part: StatementPart;
}

/** What was used: totals, and the same by model, by key and by member. */
export function UsageSections({ statement, lines, part }: UsageSectionsProps) {
  const t = useTranslations('statements');
  const names = statementNames(t, statement);
  const total = totalOf(lines);
  if (lines.length === 0)
    return (
      <Section title={t('usage.title')}>
        <EmptyState title={t('usage.none.title')}>{t('usage.none.body')}</EmptyState>
      </Section>
    );
  return (
    <>
      <Section title={t('usage.title')}>
        <UsageFigures total={total} />
        <p className="mt-4 max-w-2xl text-caption text-ink-faint">{t('usage.rule')}</p>
      </Section>
      <Section title={t('usage.byModel')}>
        <SumsTable
          head={t('column.model')}
          rows={sumBy(lines, ({ model }) => model)}
          nameOf={names.model}
          total={total}
        />
      </Section>
      {part.kind !== 'key' && (
        <Section title={t('usage.byKey')}>
          <SumsTable
            head={t('column.key')}
            rows={sumBy(lines, ({ apiKeyId }) => apiKeyId)}
            nameOf={names.key}
            total={total}
          />
        </Section>
      )}
      {part.kind === 'organization' && (
        <Section title={t('usage.byMember')}>
          <SumsTable
            head={t('column.member')}
            rows={sumByMember(lines, statement.keys)}
            nameOf={names.member}
            total={total}
          />
        </Section>
      )}
    </>
  );
}

function UsageFigures({ total }: { readonly total: Sums }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const count = (tokens: bigint) => countText(tokens, locale);
  const input = total.input + total.cacheRead + total.cacheWrite;
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-4">
      <Figure
        label={t('usage.charged')}
        value={tokensText(total.chargeNanoUsd, locale)}
        unit={t('tokensUnit')}
        note={usdText(total.chargeNanoUsd, locale)}
      />
      <Figure
        label={t('usage.requests')}
        value={count(total.requests)}
        note={t('usage.errors', { count: count(total.errors) })}
      />
      <Figure
        label={t('usage.input')}
        value={count(input)}
        note={t('usage.cached', { read: count(total.cacheRead), written: count(total.cacheWrite) })}
      />
      <Figure label={t('usage.output')} value={count(total.output)} />
    </dl>
  );
}
