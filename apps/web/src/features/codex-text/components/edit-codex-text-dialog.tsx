'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Verbatim } from '#ui/verbatim.tsx';
import { CodexTextForm } from './codex-text-form.tsx';

export interface EditCodexTextDialogProps {
  /** Undefined: a new one. */
  readonly beginning: string | undefined;
  readonly mayEdit: boolean;
  readonly onClose: () => void;
}

/** Adds a text, changes one, or shows one that the configuration file owns. */
export function EditCodexTextDialog({ beginning, mayEdit, onClose }: EditCodexTextDialogProps) {
  const t = useTranslations('codexTexts');
  const failure = useFailure();
  const isNew = beginning === undefined;
  // Read anew each time: what is edited must not be an old copy.
  const stored = api.codexText.read.useQuery({ beginning: beginning ?? '' }, { enabled: !isNew, gcTime: 0 });
  const text = isNew ? '' : stored.data;
  return (
    <Dialog
      open
      dismissible={!mayEdit}
      onOpenChange={(open) => !open && onClose()}
      title={isNew ? t('form.createTitle') : t('form.editTitle', { name: beginning })}
    >
      {stored.error && <ErrorState {...failure(stored.error)} onRetry={() => stored.refetch()} />}
      {text === undefined && !stored.error && <SkeletonRows rows={6} />}
      {text !== undefined && mayEdit && <CodexTextForm beginning={beginning} text={text} onDone={onClose} />}
      {text !== undefined && !mayEdit && (
        <>
          <Verbatim text={text} />
          <DialogActions>
            <Button onClick={onClose}>{t('done')}</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
