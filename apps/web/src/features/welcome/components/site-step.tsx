'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { SettingGroup } from '#features/site-setting/components/setting-group.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { Welcome } from '../welcome.ts';

/** The site's name and looks, and the address that people know it by. */
export function SiteStep({ site }: Pick<Welcome, 'site'>) {
  const t = useTranslations('welcome.site');
  const failure = useFailure();
  const utils = api.useUtils();
  const { data, error, isPending, refetch } = api.siteSetting.list.useQuery();
  const brand = data?.settings.filter(({ group }) => group === 'brand') ?? [];
  return (
    <>
      <p className="max-w-2xl text-small text-ink-soft">
        {t('address')} <code className="font-mono wrap-anywhere">{site.address}</code>{' '}
        {t(site.isAddressSet ? 'addressSet' : 'addressUnset')}
      </p>
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={3} className="h-16" />}
      {data && <SettingGroup group="brand" settings={brand} onSaved={() => utils.welcome.read.invalidate()} />}
    </>
  );
}
