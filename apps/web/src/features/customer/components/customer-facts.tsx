'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { Copyable } from '#components/copyable.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { limitNames } from '#features/api-key/key-form.ts';
import { Link } from '#i18n/navigation.ts';
import { Fact } from '#ui/fact.tsx';
import { linkClass } from '#ui/link-class.ts';
import type { CustomerPage } from '../customer-page.ts';

/** Who a customer is, its limits, and the groups that its keys are in. */
export function CustomerFacts({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const locale = useLocale();
  const maySeeRequests = useMay('usage.read');
  const { id, createdAt, limits, keys } = customer;
  const set = limitNames.flatMap((name) => {
    const limit = limits[name];
    return limit === undefined ? [] : [`${t(`limit.${name}`)} ${countText(limit, locale)}`];
  });
  return (
    <dl className="grid gap-x-10 text-small lg:grid-cols-2">
      <Fact label={t('fact.id')}>
        <Copyable text={id} what={t('fact.id')} />
      </Fact>
      <Fact label={t('fact.since')}>
        <LocalTime at={createdAt} />
      </Fact>
      <Fact label={t('fact.limits')}>{set.length > 0 ? set.join(' · ') : t('fact.noLimits')}</Fact>
      {keys && (
        <Fact label={t('fact.keys')}>
          {keys.live === 0
            ? t('fact.noKeys')
            : keys.groups.map(({ group, keys: count }) => t('fact.keysIn', { group, count })).join(' · ')}
        </Fact>
      )}
      {maySeeRequests && (
        <Fact label={t('fact.requests')}>
          <Link href={`/admin/customers/${id}/requests`} className={linkClass}>
            {t('fact.toRequests')}
          </Link>
        </Fact>
      )}
    </dl>
  );
}
