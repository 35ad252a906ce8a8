'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { BeginsField, momentOf } from '#components/begins-field.tsx';
import { useFailure } from '#components/use-failure.ts';
import { ChargePreview } from '#features/charge-preview/components/charge-preview.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DeskModel } from '../model-filter.ts';
import {
  type Figures,
  feeKinds,
  type PriceField,
  type PriceForm,
  priceFormOf,
  readPriceForm,
  tokenKinds,
} from '../price-form.ts';
import { PriceInput } from './price-input.tsx';
import { PriceMore } from './price-more.tsx';
import { RateFields } from './rate-fields.tsx';
import { TierFields } from './tier-fields.tsx';

export interface ChangePriceDialogProps {
  readonly model: DeskModel;
  readonly onClose: () => void;
}

/** Another price for a model: typed, looked at against the last 30 days, then applied. */
export function ChangePriceDialog({ model, onClose }: ChangePriceDialogProps) {
  const t = useTranslations('modelDesk');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const figures = model.price?.figures;
  const [form, setForm] = useState(() => priceFormOf(figures));
  const [begins, setBegins] = useState<string>();
  const [wrong, setWrong] = useState<readonly PriceField[]>([]);
  const [price, setPrice] = useState<Figures>();
  const preview = api.modelDesk.previewPrice.useQuery(
    { modelId: model.id, price: price ?? { input: '0', output: '0' } },
    { enabled: price !== undefined, retry: false },
  );
  const change = api.modelDesk.changePrice.useMutation({
    async onSuccess() {
      await utils.modelDesk.invalidate();
      toast({ title: t(begins ? 'change.announced' : 'change.done') });
      onClose();
    },
  });

  function look(event: FormEvent) {
    event.preventDefault();
    const read = readPriceForm(form);
    setWrong('wrong' in read ? read.wrong : []);
    setPrice('price' in read ? read.price : undefined);
  }

  function edit(next: PriceForm) {
    setForm(next);
    setPrice(undefined);
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('change.title', { model: model.id })}
      description={t('change.lead')}
    >
      <form onSubmit={look} className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-3">
          {[...tokenKinds, ...feeKinds].map((kind) => (
            <PriceInput
              key={kind}
              label={t(`kind.${kind}`)}
              value={form.kinds[kind]}
              onChange={(text) => edit({ ...form, kinds: { ...form.kinds, [kind]: text } })}
              error={wrong.includes(kind) ? t('change.invalid') : undefined}
            />
          ))}
        </div>
        <TierFields form={form} wrong={wrong} onChange={edit} />
        <RateFields form={form} wrong={wrong} onChange={edit} />
        <BeginsField value={begins} onChange={setBegins} />
        {(price?.above || price?.rates) && (
          <div className="text-caption text-ink-soft tabular-nums">
            <PriceMore figures={price} />
          </div>
        )}
        {price && preview.isFetching && <SkeletonRows rows={4} />}
        {price && preview.error && <ErrorState {...failure(preview.error)} onRetry={() => preview.refetch()} />}
        {price && preview.data && !preview.isFetching && <ChargePreview preview={preview.data} />}
        {change.error && <ErrorState {...failure(change.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look={price ? 'plain' : 'primary'} busy={preview.isFetching}>
            {t('change.preview')}
          </Button>
          {price && (
            <Button
              look="primary"
              busy={change.isPending}
              disabled={begins === ''}
              onClick={() => change.mutate({ modelId: model.id, price, validFrom: momentOf(begins) })}
            >
              {t('change.apply')}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
