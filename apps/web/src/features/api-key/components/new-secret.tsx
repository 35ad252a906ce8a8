'use client';

import { useTranslations } from 'next-intl';
import { ToolSetup } from '#features/gateway/components/tool-setup.tsx';
import type { ToolGuide } from '#features/gateway/tool-guide.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Status } from '#ui/status.tsx';
import type { MadeSecret } from '../made-secret.ts';
import { FirstRequest } from './first-request.tsx';

/** Where secrets go. */
export interface Gateway {
  readonly workerUrl: string;
  readonly guides: readonly ToolGuide[];
}

export interface NewSecretProps {
  readonly made: MadeSecret;
  readonly gateway: Gateway;
  /** Somebody tried to leave without having copied. */
  readonly warned: boolean;
  readonly onCopied: () => void;
  readonly onDone: () => void;
}

/** A key's new secret, shown this once, where to put it, and whether its first request has come. */
export function NewSecret({ made, gateway, warned, onCopied, onDone }: NewSecretProps) {
  const t = useTranslations('keys');
  const { secret } = made;
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
      <FirstRequest made={made} workerUrl={gateway.workerUrl} />
      <ToolSetup guides={gateway.guides} workerUrl={gateway.workerUrl} apiKey={secret} />
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
