'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { readWholeNumber } from '#components/whole-number.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { NewCodes } from './new-codes.tsx';

const maxCodes = 5_000n;
const maxTokens = 1_000_000_000n;
const maxNameLength = 100;

/** Makes codes and hands out their text, once. */
export function NewBatchDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('creditDesk');
  const failure = useFailure();
  const utils = api.useUtils();
  const [name, setName] = useState('');
  const [codesText, setCodesText] = useState('1');
  const [tokensTyped, setTokensTyped] = useState('');
  const [once, setOnce] = useState(true);
  const [expires, setExpires] = useState('');
  const [isTaken, setTaken] = useState(false);
  const create = api.creditDesk.createBatch.useMutation({ onSuccess: () => utils.creditDesk.batches.invalidate() });
  const codes = within(readWholeNumber(codesText), maxCodes);
  const tokensPerCode = within(readWholeNumber(tokensTyped), maxTokens);
  const close = () => (!create.data || isTaken) && onClose();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (create.isPending || codes === undefined || tokensPerCode === undefined) return;
    create.mutate({
      ...{ name: name.trim(), codes: Number(codes), tokensPerCode, oncePerOrganization: once },
      expiresAt: expires === '' ? undefined : new Date(expires),
    });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && close()}
      title={create.data ? t('made.title') : t('form.title')}
      description={create.data ? t('made.lead') : t('form.lead')}
    >
      {create.data ? (
        <NewCodes batch={create.data} isTaken={isTaken} onTaken={() => setTaken(true)} onDone={onClose} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('form.name')} hint={t('form.nameHint')}>
            <TextInput value={name} onValueChange={setName} required maxLength={maxNameLength} autoComplete="off" />
          </Field>
          <Field label={t('form.codes')} error={codes === undefined ? t('invalid.codes') : undefined}>
            <TextInput value={codesText} onValueChange={setCodesText} required inputMode="numeric" autoComplete="off" />
          </Field>
          <Field
            label={t('form.tokens')}
            hint={t('form.tokensHint')}
            error={tokensTyped !== '' && tokensPerCode === undefined ? t('invalid.tokens') : undefined}
          >
            <TextInput
              value={tokensTyped}
              onValueChange={setTokensTyped}
              required
              inputMode="numeric"
              autoComplete="off"
            />
          </Field>
          <Field label={t('form.expires')} hint={t('form.expiresHint')}>
            <TextInput type="datetime-local" value={expires} onValueChange={setExpires} />
          </Field>
          <Checkbox checked={once} onChange={setOnce}>
            {t('form.once')}
          </Checkbox>
          {create.error && <ErrorState {...failure(create.error)} />}
          <DialogActions>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" look="primary" busy={create.isPending}>
              {t('form.submit')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}

/** A number from one to the most; undefined where it is not. */
function within(value: bigint | undefined, most: bigint): bigint | undefined {
  return value !== undefined && value >= 1n && value <= most ? value : undefined;
}
