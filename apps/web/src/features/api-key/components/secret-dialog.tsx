'use client';

import { type ReactNode, useState } from 'react';
import { Dialog } from '#ui/dialog.tsx';
import type { MadeSecret } from '../made-secret.ts';
import { type Gateway, NewSecret } from './new-secret.tsx';

export interface SecretDialogProps {
  readonly open: boolean;
  readonly gateway: Gateway;
  readonly asking: { readonly title: string; readonly lead?: string | undefined };
  readonly shown: { readonly title: string; readonly lead: string };
  readonly onClose: () => void;
  /** What comes before the secret. */
  readonly children: (step: { onMade: (made: MadeSecret) => void; onCancel: () => void }) => ReactNode;
}

/** First a question, then the secret that came of it. Leaving without having copied takes a second, warned step. */
export function SecretDialog({ open, gateway, asking, shown, onClose, children }: SecretDialogProps) {
  const [made, setMade] = useState<MadeSecret>();
  const [guard, setGuard] = useState<'closed' | 'warned' | 'open'>('closed');

  function leave() {
    if (made !== undefined && guard === 'closed') {
      setGuard('warned');
      return;
    }
    setMade(undefined);
    setGuard('closed');
    onClose();
  }

  return (
    <Dialog
      open={open}
      dismissible={false}
      // Escape warns as often as it is pressed; only the named button leaves a secret behind.
      onOpenChange={(next) => !next && (guard === 'warned' ? undefined : leave())}
      title={made === undefined ? asking.title : shown.title}
      description={made === undefined ? asking.lead : shown.lead}
    >
      {made === undefined ? (
        children({ onMade: setMade, onCancel: leave })
      ) : (
        <NewSecret
          made={made}
          gateway={gateway}
          warned={guard === 'warned'}
          onCopied={() => setGuard('open')}
          onDone={leave}
        />
      )}
    </Dialog>
  );
}
