'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import type { ApiKey } from '../api-key.ts';
import { limitNames } from '../key-form.ts';
import { EarlierSecrets } from './earlier-secrets.tsx';
import { GroupName } from './group-name.tsx';
import { KeyStatus } from './key-status.tsx';
import { SpendOf } from './spend-of.tsx';

export interface KeyDetailsDialogProps {
  readonly apiKey: ApiKey;
  readonly unit: BalanceUnit;
  readonly onClose: () => void;
}

/** All that is set on a key and known of its use, for reading. */
export function KeyDetailsDialog({ apiKey, unit, onClose }: KeyDetailsDialogProps) {
  const t = useTranslations('keys');
  const locale = useLocale();
  const { name, prefix, last4, models, strict, limits, allowedAddresses, createdAt, expiresAt, madeBy } = apiKey;
  const { lastUsedAt, lastModel, lastAddress, rotatedAt, isOfFile } = apiKey;
  const caps = limitNames.flatMap((limit) => {
    const cap = limits[limit];
    return cap === undefined ? [] : [`${t(`limit.${limit}`)}: ${countText(cap, locale)}`];
  });
  const mono = (list: readonly string[], none: string) =>
    list.length === 0 ? none : <span className="font-mono">{list.join(', ')}</span>;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('column.key'), <span key="key" className="font-mono">{`${prefix}…${last4}`}</span>],
    [t('column.status'), <KeyStatus key="status" apiKey={apiKey} />],
    [t('column.today'), <SpendOf key="today" apiKey={apiKey} period="day" unit={unit} />],
    [t('column.month'), <SpendOf key="month" apiKey={apiKey} period="month" unit={unit} />],
    [t('column.group'), <GroupName key="group" group={apiKey.group} />],
    [t('form.models'), mono(models, t('details.groupModels'))],
    [t('details.otherModels'), strict ? t('details.strict') : t('details.notStrict')],
    [t('details.limits'), caps.length === 0 ? t('form.noLimit') : caps.join(' · ')],
    [t('details.addresses'), mono(allowedAddresses, t('details.anywhere'))],
    [t('column.lastUsed'), lastUsedAt ? <LocalTime key="used" at={lastUsedAt} /> : t('never')],
    [t('details.lastModel'), mono(lastModel ? [lastModel] : [], '–')],
    [t('details.lastAddress'), mono(lastAddress ? [lastAddress] : [], '–')],
    [t('column.created'), <LocalTime key="created" at={createdAt} />],
    [t('details.madeBy'), isOfFile ? t('details.ofFile') : (madeBy ?? '–')],
    [t('details.rotated'), rotatedAt ? <LocalTime key="rotated" at={rotatedAt} /> : t('never')],
    [t('column.expires'), expiresAt ? <LocalTime key="expires" at={expiresAt} /> : t('noExpiry')],
  ];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('details.title', { name })}
      description={isOfFile ? t('details.fileLead') : undefined}
    >
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 text-small sm:grid-cols-2">
        {facts.map(([term, value]) => (
          <div key={term} className="min-w-0">
            <dt className="text-caption text-ink-faint">{term}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <EarlierSecrets apiKey={apiKey} />
      <DialogActions>
        <Button onClick={onClose}>{t('details.done')}</Button>
      </DialogActions>
    </Dialog>
  );
}
