'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { DeskModel } from '../model-filter.ts';
import { tokenKinds } from '../price-form.ts';

/** Models one by one. Each leads to its own page. */
export function ModelTable({ models }: { readonly models: readonly DeskModel[] }) {
  const t = useTranslations('modelDesk');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.model')}</HeaderCell>
          <HeaderCell>{t('column.provider')}</HeaderCell>
          {tokenKinds.map((kind) => (
            <HeaderCell key={kind} numeric>
              {t(`kind.${kind}`)}
            </HeaderCell>
          ))}
          <HeaderCell>{t('column.source')}</HeaderCell>
          <HeaderCell numeric>{t('column.context')}</HeaderCell>
          <HeaderCell>{t('column.channels')}</HeaderCell>
          <HeaderCell>{t('column.fallback')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </tbody>
    </Table>
  );
}

function ModelRow({ model }: { readonly model: DeskModel }) {
  const t = useTranslations('modelDesk');
  const locale = useLocale();
  const { id, provider, price, contextTokens, channels, fallback, enabled, fileFields } = model;
  const protocols = [...new Set(channels.flatMap((channel) => channel.protocols))];
  return (
    <tr>
      <Cell>
        <Link href={`/admin/models/${encodeURIComponent(id)}`} className={`${linkClass} font-mono`}>
          {id}
        </Link>
        {fileFields.length > 0 && <span className="ml-2 text-caption text-ink-faint">{t('fromFile')}</span>}
      </Cell>
      <Cell>{provider}</Cell>
      {tokenKinds.map((kind) => (
        <Cell key={kind} numeric>
          {price?.figures?.[kind] ?? '–'}
        </Cell>
      ))}
      <Cell title={price?.source}>
        {price
          ? price.copiedFrom
            ? t('source.copied', { model: price.copiedFrom })
            : t('source.own')
          : t('source.none')}
        {price?.figures?.above && <span className="ml-2 text-caption text-ink-faint">{t('tiered')}</span>}
      </Cell>
      <Cell numeric>{contextTokens === null ? '–' : countText(contextTokens, locale)}</Cell>
      <Cell title={[...channels.map(({ name }) => name), ...protocols].join(', ')}>
        {channels.length === 0 ? t('noChannel') : t('channelCount', { count: channels.length })}
      </Cell>
      <Cell className="max-w-48 truncate font-mono text-caption" title={fallback.join(' → ')}>
        {fallback.length === 0 ? '–' : fallback.join(' → ')}
      </Cell>
      <Cell>
        <Status tone={enabled ? 'good' : 'quiet'}>{enabled ? t('on') : t('off')}</Status>
      </Cell>
    </tr>
  );
}
