'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { stepsBehind } from '../welcome.ts';

/** Leads back to the first set-up until it is over, for who may do it. */
export function WelcomeNotice() {
  const t = useTranslations('welcome');
  const { data } = api.welcome.read.useQuery(undefined, { enabled: useMay('setting.manage') });
  if (!data || data.isOver) return null;
  return (
    <p className="mb-6 border-l-2 border-accent pl-3 text-small">
      {t('behind', { behind: stepsBehind(data), all: data.steps.length })}{' '}
      <Link href="/admin/welcome" className={linkClass}>
        {t('goOn')}
      </Link>
    </p>
  );
}
