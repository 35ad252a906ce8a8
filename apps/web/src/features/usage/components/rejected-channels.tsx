'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Section } from '#ui/section.tsx';
import { ChannelLink } from './channel-link.tsx';

type Rejected = ApiOutput['usage']['route']['rejected'];

/** The channels that a request could have gone to and did not. The reasons are kept in English and shown as they are. */
export function RejectedChannels({ rejected }: { readonly rejected: Rejected }) {
  const t = useTranslations('staffRequest.rejected');
  return (
    <Section title={t('title')}>
      <p className="mb-2 max-w-2xl text-small text-ink-soft">{rejected.length === 0 ? t('none') : t('lead')}</p>
      {rejected.length > 0 && (
        <ul aria-label={t('title')}>
          {rejected.map(({ channel, model, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same channel may be listed twice and the order never changes
            <li key={index} className="border-b border-rule py-2 text-small last:border-b-0 sm:flex sm:gap-4">
              <span className="block min-w-0 wrap-anywhere sm:w-72 sm:shrink-0">
                <ChannelLink channel={channel} /> <code className="font-mono text-ink-faint">{model}</code>
              </span>
              <span lang="en" className="min-w-0 text-ink-soft wrap-anywhere">
                {reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
