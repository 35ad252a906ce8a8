'use client';

import { useTranslations } from 'next-intl';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Field, Select } from '#ui/field.tsx';
import { partQuery, readPart, type StatementPart } from '../statement-part.ts';
import { statementNames } from '../statement-text.ts';
import { sumBy, sumByMember } from '../usage-lines.ts';
import type { StatementView } from './use-statement.ts';

export interface PartChoiceProps {
  readonly statement: StatementView;
  readonly part: StatementPart;
}

/** Chooses what the statement is of: everything, or a key or member that used something in this month. */
export function PartChoice({ statement, part }: PartChoiceProps) {
  const t = useTranslations('statements');
  const router = useRouter();
  const pathname = usePathname();
  const names = statementNames(t, statement);
  const keyIds = withChosen(
    sumBy(statement.lines, ({ apiKeyId }) => apiKeyId).map(({ id }) => id),
    part,
    'key',
  );
  const memberIds = withChosen(
    sumByMember(statement.lines, statement.keys)
      .map(({ id }) => id)
      .filter(Boolean),
    part,
    'member',
  );
  const choose = (value: string) => {
    const chosen = readPart(new URLSearchParams(value));
    router.replace({ pathname, query: partQuery(chosen) }, { scroll: false });
  };
  return (
    <Field label={t('statement.part.label')} className="min-w-0 max-w-full">
      <Select value={optionOf(part)} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{t('statement.part.organization')}</option>
        {keyIds.length > 0 && (
          <optgroup label={t('statement.part.keys')}>
            {keyIds.map((id) => (
              <option key={id} value={optionOf({ kind: 'key', id })}>
                {names.key(id)}
              </option>
            ))}
          </optgroup>
        )}
        {memberIds.length > 0 && (
          <optgroup label={t('statement.part.members')}>
            {memberIds.map((id) => (
              <option key={id} value={optionOf({ kind: 'member', id })}>
                {names.member(id)}
              </option>
            ))}
          </optgroup>
        )}
      </Select>
    </Field>
  );
}

function optionOf(part: StatementPart): string {
  return new URLSearchParams(partQuery(part)).toString();
}

/** The one that the address names is among them, whether it used anything or not. */
function withChosen(ids: readonly string[], part: StatementPart, kind: 'key' | 'member'): readonly string[] {
  return part.kind === kind && !ids.includes(part.id) ? [...ids, part.id] : ids;
}
