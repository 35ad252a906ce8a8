'use client';

import { useTranslations } from 'next-intl';
import { type ApiOutput, api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { useToast } from '#ui/toast.tsx';

type Invitation = ApiOutput['team']['invitations'][number];

const skeletonRows = 1;

/** Who was asked to join and has not answered. */
export function InvitationSection() {
  const t = useTranslations('team');
  const failure = useFailure();
  const { data, error, isPending, refetch } = api.team.invitations.useQuery({});
  return (
    <Section title={t('invitations.title')}>
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-11" />}
      {data?.length === 0 && <p className="text-small text-ink-soft">{t('invitations.none')}</p>}
      {data && data.length > 0 && (
        <RecordTable
          label={t('invitations.title')}
          rows={data}
          columns={[
            { label: t('column.email'), cell: ({ email }) => email, className: 'font-mono' },
            { label: t('column.role'), cell: ({ role }) => t(`role.${role}`) },
            { label: t('column.sent'), cell: ({ sentAt }) => <LocalTime at={sentAt} /> },
            { label: t('column.expires'), cell: (invitation) => <Expiry {...invitation} /> },
          ]}
          actions={{ label: t('column.actions'), of: (row) => <InvitationActions {...row} /> }}
        />
      )}
    </Section>
  );
}

function Expiry({ expiresAt }: Invitation) {
  const t = useTranslations('team.invitations');
  return expiresAt <= new Date() ? <Status tone="warn">{t('expired')}</Status> : <LocalTime at={expiresAt} />;
}

function InvitationActions({ id: invitationId, email }: Invitation) {
  const t = useTranslations('team');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const told = (title: string) => ({
    async onSuccess() {
      toast({ title });
      await utils.team.invitations.invalidate();
    },
    onError: (failed: unknown) => toast({ title: failure(failed).message, type: 'error' }),
  });
  const resend = api.team.resendInvitation.useMutation(told(t('invitations.resent', { email })));
  const withdraw = api.team.withdrawInvitation.useMutation(told(t('invitations.withdrawn', { email })));
  return (
    <RowMenu label={t('actionsOf', { name: email })}>
      <MenuItem onSelect={() => resend.mutate({ invitationId })}>{t('invitations.resend')}</MenuItem>
      <MenuItem danger onSelect={() => withdraw.mutate({ invitationId })}>
        {t('invitations.withdraw')}
      </MenuItem>
    </RowMenu>
  );
}
