'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { textIn } from '#components/both-languages.ts';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { CrossIcon } from '#ui/icons.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { PublishedAnnouncement } from '../announcement.ts';
import { dismiss } from '../dismissed.ts';

/** One announcement in a line, until this browser closes it. */
export function Banner({ announcement }: { readonly announcement: PublishedAnnouncement }) {
  const t = useTranslations('announcements');
  const locale = useLocale();
  const [isClosed, setIsClosed] = useState(false);
  if (isClosed) return null;
  const { id, title, importance } = announcement;
  const text = textIn(locale, title);
  return (
    <aside
      aria-label={t('bannerOf', { title: text })}
      className="flex items-center gap-3 border-b border-rule bg-sunken px-4 py-1 text-small md:px-5"
    >
      <Status tone={importance === 'warning' ? 'warn' : 'good'}>{t(`importance.${importance}`)}</Status>
      <Link href={`/announcements/${id}`} className={`${linkClass} min-w-0 grow py-1 wrap-anywhere`}>
        {text}
      </Link>
      <Button
        look="quiet"
        size="icon"
        aria-label={t('close', { title: text })}
        onClick={() => {
          dismiss(id);
          setIsClosed(true);
        }}
      >
        <CrossIcon />
      </Button>
    </aside>
  );
}
