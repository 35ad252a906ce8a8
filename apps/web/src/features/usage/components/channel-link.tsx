'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Link } from '#i18n/navigation.ts';

type Channel = ApiOutput['usage']['route']['attempts'][number]['channel'];

/** A channel by its name, leading to its page; one that is gone is only named. */
export function ChannelLink({ channel: { id, name, isDeleted } }: { readonly channel: Channel }) {
  const t = useTranslations('staffRequest');
  if (name === null) return <code className="font-mono">{id}</code>;
  if (isDeleted) return <span>{t('deletedChannel', { name })}</span>;
  return (
    <Link
      href={`/admin/channels/${id}`}
      className="font-medium underline decoration-rule-strong underline-offset-4 hover:decoration-accent"
    >
      {name}
    </Link>
  );
}
