'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { BeginsField, momentOf } from '#components/begins-field.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { ChargePreview } from '#features/charge-preview/components/charge-preview.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { ChannelGroup } from './group-table.tsx';
import { MultiplierHistory } from './multiplier-history.tsx';

export interface MultiplierDialogProps {
  readonly group: ChannelGroup;
  readonly onClose: () => void;
}

/** A group's multipliers as of when, and another one: looked at against the last 30 days, then applied. */
export function MultiplierDialog({ group, onClose }: MultiplierDialogProps) {
  const t = useTranslations('groups');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const mayChange = useMay('group.manage') && group.origin !== 'config';
  const [typed, setTyped] = useState(group.multiplier);
  const [begins, setBegins] = useState<string>();
  const [looked, setLooked] = useState<string>();
  const preview = api.channelGroup.previewMultiplier.useQuery(
    { id: group.id, multiplier: looked ?? '1' },
    { enabled: looked !== undefined, retry: false },
  );
  const change = api.channelGroup.changeMultiplier.useMutation({
    async onSuccess() {
      await utils.channelGroup.invalidate();
      toast({ title: t('multiplier.done') });
      onClose();
    },
  });
  const isWrong = preview.error?.data?.field === 'multiplier';

  function look(event: FormEvent) {
    event.preventDefault();
    setLooked(typed.trim());
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('multiplier.title', { name: group.displayName })}
      description={t('multiplier.lead')}
    >
      <form onSubmit={look} className="flex flex-col gap-5">
        <MultiplierHistory groupId={group.id} mayWithdraw={mayChange} />
        {mayChange && (
          <>
            <Field
              label={t('form.multiplier')}
              hint={t('form.multiplierHint')}
              error={isWrong ? t('invalid.multiplier') : undefined}
            >
              <TextInput
                value={typed}
                onValueChange={(value) => {
                  setTyped(String(value));
                  setLooked(undefined);
                }}
                required
                inputMode="decimal"
                className="font-mono"
                autoComplete="off"
              />
            </Field>
            <BeginsField value={begins} onChange={setBegins} />
          </>
        )}
        {looked && preview.isFetching && <SkeletonRows rows={4} />}
        {looked && preview.error && !isWrong && (
          <ErrorState {...failure(preview.error)} onRetry={() => preview.refetch()} />
        )}
        {looked && preview.data && !preview.isFetching && <ChargePreview preview={preview.data} />}
        {change.error && <ErrorState {...failure(change.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {mayChange && (
            <Button type="submit" look={preview.data && looked ? 'plain' : 'primary'} busy={preview.isFetching}>
              {t('multiplier.preview')}
            </Button>
          )}
          {looked && preview.data && (
            <Button
              look="primary"
              busy={change.isPending}
              disabled={begins === ''}
              onClick={() => change.mutate({ id: group.id, multiplier: looked, validFrom: momentOf(begins) })}
            >
              {t('multiplier.apply')}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
