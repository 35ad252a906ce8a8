'use client';

import { useLocale, useTranslations } from 'next-intl';
import { memo } from 'react';
import { countText, shortCountText, usdText } from '#components/amounts.ts';
import { stateTones } from '#features/status/components/state-tones.ts';
import { Link } from '#i18n/navigation.ts';
import { CopyButton } from '#ui/copy-button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { FilteredModel } from '../model-filter.ts';
import { type Live, modelPath } from '../public-model.ts';

/** What the list shows of a model. */
export type PlazaModel = FilteredModel & Pick<Live, 'state'> & { readonly cacheReadNanoUsd: bigint };

const onWide = 'max-md:hidden';

/** Models a line each: what they are called, what they cost, and how they do. */
export function PlazaTable({ models }: { readonly models: readonly PlazaModel[] }) {
  const t = useTranslations('models');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.model')}</HeaderCell>
          <HeaderCell numeric className={onWide}>
            {t('column.context')}
          </HeaderCell>
          <HeaderCell numeric>{t('column.input')}</HeaderCell>
          <HeaderCell numeric>{t('column.output')}</HeaderCell>
          <HeaderCell numeric className={onWide}>
            {t('column.cacheRead')}
          </HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('column.state')}</HeaderCell>
          <HeaderCell numeric className={onWide}>
            {t('column.firstToken')}
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <PlazaRow key={model.id} model={model} />
        ))}
      </tbody>
    </Table>
  );
}

const PlazaRow = memo(function PlazaRow({ model }: { readonly model: PlazaModel }) {
  const t = useTranslations('models');
  const states = useTranslations('status.state');
  const locale = useLocale();
  const { id, displayName, contextTokens, price, cacheReadNanoUsd, protocols, state, firstTokenP50Ms } = model;
  return (
    <tr>
      <Cell className="w-full max-w-0 py-1.5">
        <div className="flex items-center gap-1">
          <div className="min-w-0">
            <Link href={modelPath(id)} className={`${linkClass} block truncate decoration-transparent`}>
              {displayName}
            </Link>
            <code className="block truncate font-mono text-caption text-ink-faint select-all">{id}</code>
          </div>
          <span className="max-sm:hidden">
            <CopyButton text={id} what={id} look="quiet" isCompact />
          </span>
        </div>
      </Cell>
      <Cell numeric className={onWide} title={contextTokens ? countText(contextTokens, locale) : undefined}>
        {contextTokens ? shortCountText(contextTokens, 'en') : '–'}
      </Cell>
      <Priced amountNanoUsd={price.input} />
      <Priced amountNanoUsd={price.output} />
      <Priced amountNanoUsd={cacheReadNanoUsd} className={onWide} />
      <Cell className="max-sm:hidden">
        {protocols.length === 0 ? (
          <Status tone="quiet">{t('notServed')}</Status>
        ) : (
          <Status tone={stateTones[state]}>{states(state)}</Status>
        )}
      </Cell>
      <Cell numeric className={onWide}>
        {firstTokenP50Ms === null ? '–' : t('milliseconds', { ms: countText(firstTokenP50Ms, locale) })}
      </Cell>
    </tr>
  );
});

interface PricedProps {
  readonly amountNanoUsd: bigint;
  readonly className?: string;
}

/** Dollars per million, which is the multiplier as well. */
function Priced({ amountNanoUsd, className }: PricedProps) {
  const locale = useLocale();
  return (
    <Cell numeric className={className}>
      {usdText(amountNanoUsd, locale)}
    </Cell>
  );
}
