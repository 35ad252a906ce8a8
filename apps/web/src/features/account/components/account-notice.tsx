'use client';

import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import { useResend } from './use-resend.ts';

export interface AccountNoticeProps {
  /** What stands between this person and what they may do. */
  readonly missing: 'email' | 'two_factor';
  readonly email: string;
}

/** Says above every page what one has to do first. */
export function AccountNotice({ missing, email }: AccountNoticeProps) {
  const t = useTranslations('settings.notice');
  const resend = useResend();
  return (
    <div
      role="status"
      className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-l-2 border-warn py-1 pl-4 text-small"
    >
      <Status tone="warn">
        <span className="whitespace-normal wrap-anywhere">
          {missing === 'email' ? t('unverified', { email }) : t('staff')}
        </span>
      </Status>
      {missing === 'email' ? (
        <Button busy={resend.isPending} onClick={() => resend.mutate()}>
          {t('resend')}
        </Button>
      ) : (
        <Link href="/console/settings" className={linkClass}>
          {t('toSettings')}
        </Link>
      )}
    </div>
  );
}
