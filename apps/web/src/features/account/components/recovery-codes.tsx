'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DialogActions } from '#ui/dialog.tsx';

export interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** New recovery codes, shown this once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useTranslations('settings.twoFactor');
  return (
    <div className="flex flex-col gap-4">
      <h3 className="font-semibold">{t('codesTitle')}</h3>
      <p className="text-small text-ink-soft">{t('codesLead')}</p>
      <ol
        data-testid="recovery-codes"
        className="grid gap-x-8 gap-y-1.5 rounded-control border border-rule-strong bg-sheet p-4 font-mono text-small select-all sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <DialogActions>
        <CopyButton text={codes.join('\n')} what={t('codes')} />
        <Button look="primary" onClick={onKept}>
          {t('kept')}
        </Button>
      </DialogActions>
    </div>
  );
}
