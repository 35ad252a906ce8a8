'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { ConfiguredSection } from './configured-section.tsx';
import { LogoSection } from './logo-section.tsx';
import { SettingGroup } from './setting-group.tsx';
import { SettingHistory } from './setting-history.tsx';

const skeletonRows = 8;
const groups = ['maintenance', 'brand', 'language', 'money', 'signUp', 'relay'] as const;

/** What the operator decides about the site. Each change is in force at once. */
export function SiteSettings() {
  const t = useTranslations('siteSettings');
  const failure = useFailure();
  const { data, error, isPending, refetch } = api.siteSetting.list.useQuery();
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-16" />}
      {data && (
        <>
          {groups.map((group) => (
            <SettingGroup key={group} group={group} settings={data.settings.filter((one) => one.group === group)} />
          ))}
          <LogoSection logo={data.logo} />
          <ConfiguredSection configured={data.configured} />
          <SettingHistory />
        </>
      )}
    </>
  );
}
