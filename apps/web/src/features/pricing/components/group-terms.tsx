import { formatMultiplier, type OfferedTerms } from '@ai-bridge/catalog';
import { useTranslations } from 'next-intl';

/** Groups whose keys do not pay the list price; nothing where all do. */
export function GroupTerms({ groups }: { readonly groups: readonly OfferedTerms[] }) {
  const t = useTranslations('pricing.groups');
  if (groups.every(({ multiplierBasisPoints }) => multiplierBasisPoints === 10_000)) return null;
  return (
    <dl className="mb-6 flex flex-wrap gap-x-8 gap-y-2 border-l-2 border-rule-strong pl-4 text-small">
      <dt className="w-full text-ink-soft">{t('lead')}</dt>
      {groups.map(({ id, displayName, multiplierBasisPoints }) => (
        <dd key={id}>
          {displayName} <span className="font-mono tabular-nums">×{formatMultiplier(multiplierBasisPoints)}</span>
        </dd>
      ))}
    </dl>
  );
}
