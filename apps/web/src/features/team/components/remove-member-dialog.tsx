'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { MemberDialogProps } from './team-member.ts';

const choices = ['disable', 'keep'] as const;

/** Says what removing somebody does, and asks what becomes of the keys that they made. */
export function RemoveMemberDialog({ member, onClose }: MemberDialogProps) {
  const t = useTranslations('team.remove');
  const cancel = useTranslations('team')('cancel');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [keys, setKeys] = useState<(typeof choices)[number]>('disable');
  const { name, liveKeys } = member;
  const remove = api.team.remove.useMutation({
    async onSuccess({ disabledKeys }) {
      toast({ title: disabledKeys > 0 ? t('doneKeys', { name, count: disabledKeys }) : t('done', { name }) });
      onClose();
      await Promise.all([utils.team.read.invalidate(), utils.apiKey.list.invalidate()]);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name })}
      description={t('lead', { name })}
    >
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-3 text-small font-medium">{t('keys', { count: liveKeys })}</legend>
        {liveKeys > 0 &&
          choices.map((choice) => (
            <KeysChoice
              key={choice}
              label={t(choice)}
              hint={t(`${choice}Hint`)}
              isChosen={keys === choice}
              onChoose={() => setKeys(choice)}
            />
          ))}
      </fieldset>
      {remove.error && <ErrorState {...failure(remove.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{cancel}</Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ userId: member.id, keys })}>
          {t('submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface KeysChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function KeysChoice({ label, hint, isChosen, onChoose }: KeysChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 text-small">
      <input
        id={id}
        type="radio"
        name="keys"
        checked={isChosen}
        onChange={onChoose}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-6 shrink-0 accent-ink"
      />
      <label htmlFor={id} className="min-w-0">
        <span className="font-medium">{label}</span>
        <span id={`${id}-hint`} className="block text-ink-soft">
          {hint}
        </span>
      </label>
    </div>
  );
}
