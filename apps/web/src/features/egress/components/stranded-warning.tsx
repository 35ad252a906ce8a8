'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';
import type { EgressStatus } from '../pools.ts';

/** Names the channels that would be left without any way out; nothing where there are none. */
export function StrandedWarning({ channels }: { readonly channels: EgressStatus['channels'] }) {
  const t = useTranslations('egress');
  if (channels.length === 0) return null;
  return (
    <Status tone="warn">
      <span className="whitespace-normal">
        {t('stranded', { channels: channels.map(({ name }) => name).join(', ') })}
      </span>
    </Status>
  );
}
