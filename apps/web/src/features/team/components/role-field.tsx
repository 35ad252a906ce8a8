'use client';

import { useTranslations } from 'next-intl';
import { Field, Select } from '#ui/field.tsx';

/** The roles of an organization, the most usual one first. */
export const teamRoles = ['developer', 'viewer', 'billing', 'owner'] as const;
export type TeamRole = (typeof teamRoles)[number];

export interface RoleFieldProps {
  readonly role: TeamRole;
  readonly onChange: (role: TeamRole) => void;
}

/** A role, and what it may do. */
export function RoleField({ role, onChange }: RoleFieldProps) {
  const t = useTranslations('team');
  return (
    <Field label={t('invite.role')} hint={t(`may.${role}`)}>
      <Select
        value={role}
        onChange={(event) => onChange(teamRoles.find((known) => known === event.target.value) ?? 'viewer')}
      >
        {teamRoles.map((known) => (
          <option key={known} value={known}>
            {t(`role.${known}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
