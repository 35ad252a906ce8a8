'use client';

import { useTranslations } from 'next-intl';
import { ClientConfiguration } from '#features/gateway/components/client-configuration.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Status } from '#ui/status.tsx';

export interface NewSecretProps {
  readonly secret: string;
  readonly workerUrl: string;
  /** Somebody tried to leave without having copied. */
  readonly warned: boolean;
  readonly onCopied: () => void;
  readonly onDone: () => void;
}

/** A new key's secret, shown this once, and where to put it. */
export function NewSecret({ secret, workerUrl, warned, onCopied, onDone }: NewSecretProps) {
  const t = useTranslations('keys');
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <code
          data-testid="new-secret"
          className="min-w-0 grow rounded-control border border-rule-strong bg-sheet px-3 py-2 font-mono text-small break-all select-all"
        >
          {secret}
        </code>
        <CopyButton text={secret} what={t('created.secret')} look="primary" onCopied={onCopied} />
      </div>
      <ClientConfiguration workerUrl={workerUrl} apiKey={secret} />
      <DialogActions>
        {warned && (
          <div role="alert" className="mr-auto self-center max-sm:order-last">
            <Status tone="warn">{t('created.warning')}</Status>
          </div>
        )}
        <Button look={warned ? 'danger' : 'plain'} onClick={onDone}>
          {warned ? t('created.leave') : t('created.done')}
        </Button>
      </DialogActions>
    </div>
  );
}
