'use client';

import { useTranslations } from 'next-intl';
import { type ApiOutput, api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { CustomerLink } from '#features/customer/components/customer-link.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { AttemptList } from './attempt-list.tsx';
import { LossList } from './loss-list.tsx';
import { RequestAwaited } from './request-awaited.tsx';
import { RequestHead } from './request-head.tsx';
import { RequestReceipt } from './request-receipt.tsx';
import { RequestRoute } from './request-route.tsx';
import { RouteHead } from './route-head.tsx';
import { useLooks } from './use-looks.ts';

/** Any organization's request, for staff: its receipt for who may read receipts, its route for who may see channels. */
export function StaffRequest({ requestId }: { readonly requestId: string }) {
  const t = useTranslations('staffRequest');
  const [maySeeReceipt, maySeeRoute] = [useMay('receipt.read'), useMay('channel.read')];
  const looks = useLooks(requestId);
  const receipt = api.usage.anyRequest.useQuery({ requestId }, { ...looks.options, enabled: maySeeReceipt });
  const route = api.usage.route.useQuery({ requestId }, { ...looks.options, enabled: maySeeRoute });
  const home = { href: '/admin/requests', back: t('title'), all: t('find') };
  const request = receipt.data?.request;
  const organization = (receipt.data ?? route.data)?.organization;
  return (
    <RequestAwaited query={maySeeReceipt ? receipt : route} looks={looks} home={home} missing={t('missing')}>
      {organization && (maySeeReceipt ? request : route.data) && (
        <>
          {request ? <RequestHead request={request} /> : route.data && <RouteHead route={route.data} />}
          <p className="mt-4 text-small text-ink-soft">
            <CustomerLink organization={organization}>{t('organization', { name: organization.name })}</CustomerLink>
          </p>
          {request && <p className="text-small text-ink-soft">{t('asCustomer')}</p>}
          {maySeeRoute && <RoutePart query={route} />}
          {request && !maySeeRoute && <AttemptList outcome={request.outcome} attempts={request.attempts} />}
          {request && <RequestReceipt request={request} />}
          {request && <LossList losses={request.losses} />}
        </>
      )}
    </RequestAwaited>
  );
}

interface RoutePartProps {
  readonly query: {
    readonly data: ApiOutput['usage']['route'] | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    refetch(): unknown;
  };
}

function RoutePart({ query }: RoutePartProps) {
  const failure = useFailure();
  if (query.data) return <RequestRoute route={query.data} />;
  if (query.isPending) return <SkeletonRows rows={2} />;
  return <ErrorState {...failure(query.error)} onRetry={() => query.refetch()} />;
}
