'use client';

import type { StaffRole } from '@ai-bridge/access';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { ReasonDialog } from '#components/reason-dialog.tsx';
import { maxActReasonLength } from '#features/customer/act-reason.ts';
import { Field, Select } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import type { ActedPerson } from '../acted-person.ts';
import { staffRoleNames } from '../staff-role.ts';

const nobody = 'none';

export interface StaffRoleDialogProps {
  readonly person: ActedPerson;
  readonly onClose: () => void;
}

/** Gives a person a role on the staff, or takes it away. */
export function StaffRoleDialog({ person, onClose }: StaffRoleDialogProps) {
  const t = useTranslations('people');
  const toast = useToast();
  const utils = api.useUtils();
  const [chosen, setChosen] = useState<StaffRole | typeof nobody | ''>('');
  const change = api.person.setStaffRole.useMutation({
    async onSuccess() {
      await Promise.all([utils.person.invalidate(), utils.customer.invalidate()]);
      toast({ title: t('role.done', { name: person.email }) });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('role.title', { name: person.email })}
      lead={t('role.lead')}
      labels={{ reason: t('reason'), hint: t('hint'), submit: t('role.submit'), cancel: t('cancel') }}
      maxLength={maxActReasonLength}
      isIncomplete={chosen === ''}
      act={change}
      onSubmit={(reason) => {
        if (chosen !== '') change.mutate({ userId: person.id, staffRole: chosen === nobody ? null : chosen, reason });
      }}
      onClose={onClose}
    >
      <Field label={t('role.label')} hint={chosen && chosen !== nobody ? t(`role.may.${chosen}`) : undefined}>
        <Select
          value={chosen}
          onChange={({ target }) =>
            setChosen(target.value === nobody ? nobody : (staffRoleNames.find((role) => role === target.value) ?? ''))
          }
        >
          <option value="">{t('role.choose')}</option>
          {staffRoleNames.map((role) => (
            <option key={role} value={role}>
              {t(`role.name.${role}`)}
            </option>
          ))}
          <option value={nobody}>{t('role.none')}</option>
        </Select>
      </Field>
    </ReasonDialog>
  );
}
