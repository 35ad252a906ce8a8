'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { MailStatus } from './mail-status.tsx';

/** Mails one by one. Each leads to its own page. */
export function MailTable({ mails }: { readonly mails: Readonly<ApiOutput['mailbox']['list']['mails']> }) {
  const t = useTranslations('mailbox');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.time')}</HeaderCell>
          <HeaderCell>{t('column.subject')}</HeaderCell>
          <HeaderCell>{t('column.to')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {mails.map(({ id, createdAt, subject, to, state }) => (
          <tr key={id}>
            <Cell>
              <LocalTime at={createdAt} />
            </Cell>
            <Cell className="max-w-96 truncate" title={subject}>
              <Link href={`/admin/mailbox/${id}`} className={linkClass}>
                {subject}
              </Link>
            </Cell>
            <Cell className="max-w-64 truncate" title={to}>
              {to}
            </Cell>
            <Cell>
              <MailStatus state={state} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
