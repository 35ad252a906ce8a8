'use client';

import { useTranslations } from 'next-intl';
import { saveText } from '#components/save-text.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Verbatim } from '#ui/verbatim.tsx';

export interface NewCodesProps {
  readonly batch: {
    readonly batchId: string;
    readonly state: 'proposed' | 'active' | 'disabled';
    readonly csv: string;
  };
  /** The text was copied or saved: the dialog may be left. */
  readonly isTaken: boolean;
  readonly onTaken: () => void;
  readonly onDone: () => void;
}

/** The text of new codes, which nobody will see again. */
export function NewCodes({ batch: { batchId, state, csv }, isTaken, onTaken, onDone }: NewCodesProps) {
  const t = useTranslations('creditDesk.made');

  function save() {
    saveText(csv, `${batchId}.csv`);
    onTaken();
  }

  return (
    <>
      {state === 'proposed' && <p className="mb-4 border-l-2 border-warn pl-3 text-small">{t('waits')}</p>}
      <div className="max-h-60 overflow-y-auto" data-testid="new-codes">
        <Verbatim text={csv.trim()} />
      </div>
      <DialogActions>
        <CopyButton text={csv} what={t('codes')} onCopied={onTaken} />
        <Button onClick={save}>{t('save')}</Button>
        <Button look="primary" disabled={!isTaken} onClick={onDone}>
          {t('done')}
        </Button>
      </DialogActions>
    </>
  );
}
