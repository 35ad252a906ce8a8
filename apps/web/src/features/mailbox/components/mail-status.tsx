'use client';

import type { MailState } from '@ai-bridge/mail';
import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';

const tones = { queued: 'warn', sent: 'good', kept: 'quiet', failed: 'bad' } as const satisfies Record<
  MailState,
  string
>;

export function MailStatus({ state }: { readonly state: MailState }) {
  const t = useTranslations('mailbox.state');
  return <Status tone={tones[state]}>{t(state)}</Status>;
}
