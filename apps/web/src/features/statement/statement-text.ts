import type { useTranslations } from 'next-intl';
import type { MovementKind } from './movement-kind.ts';
import type { StatementPart } from './statement-part.ts';
import type { StatementKey } from './usage-lines.ts';

/** The words of statements, in one language. */
export type StatementWords = ReturnType<typeof useTranslations<'statements'>>;

interface Named {
  readonly keys: readonly StatementKey[];
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

/** What a movement is called. */
export function movementText(
  t: StatementWords,
  movement: {
    readonly kind: MovementKind;
    readonly note: string | null;
    readonly order: { readonly title: string | null } | undefined;
  },
): string {
  const title = movement.order?.title ?? t('movements.customAmount');
  return t(`movements.kind.${movement.kind}`, { title, note: movement.note ?? '' });
}

/** How statements call keys, members and models by their ids. */
export function statementNames(t: StatementWords, { keys, members }: Named) {
  const keyOf = new Map(keys.map((key) => [key.id, key]));
  const memberOf = new Map(members.map(({ id, name }) => [id, name]));
  const key = (id: string) => {
    const found = keyOf.get(id);
    return found ? `${found.name} …${found.last4}` : `${t('usage.unknownKey')} ${id}`;
  };
  const member = (id: string) => memberOf.get(id) ?? (id === '' ? t('usage.noMember') : id);
  return {
    key,
    member,
    model: (id: string) => id || t('usage.noModel'),
    part(part: StatementPart): string {
      if (part.kind === 'organization') return t('statement.part.organization');
      return part.kind === 'key'
        ? t('statement.part.key', { name: key(part.id) })
        : t('statement.part.member', { name: member(part.id) });
    },
  };
}
