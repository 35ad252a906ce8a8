'use client';

import { useTranslations } from 'next-intl';
import type { EntryOf } from '../shown-entry.ts';
import { By } from './by.tsx';

export interface AuditLineProps {
  readonly entry: EntryOf<'key'> | EntryOf<'signIn'> | EntryOf<'account'> | EntryOf<'change'> | EntryOf<'look'>;
}

/** Something that the audit log says: what was done to what, by whom and why. */
export function AuditLine({ entry }: AuditLineProps) {
  const { kind, by, person, address, reason } = entry;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Deed entry={entry} />
        {reason && <span className="text-ink-soft">{reason}</span>}
      </p>
      {kind === 'signIn' ? (
        <p className="text-caption text-ink-faint">{[person?.email, address].filter(Boolean).join(' · ')}</p>
      ) : (
        <By person={by} />
      )}
    </>
  );
}

/** What was done, in words where there are some, else as the log calls it. */
function Deed({ entry: { kind, action, target, person, keyName, name, method } }: AuditLineProps) {
  const t = useTranslations('customers.timeline');
  const deed = `deed.${action.replaceAll('.', '_')}` as 'deed.apiKey_create';
  const word = t.has(deed) ? t(deed) : action;
  if (kind === 'signIn') {
    const way = `method.${method ?? ''}` as 'method.password';
    return t.has(way) ? t(way) : word;
  }
  return (
    <>
      <span>{word}</span>
      <span className={keyName || person ? undefined : 'font-mono text-caption text-ink-faint'}>
        {keyName ?? person?.email ?? name ?? target}
      </span>
    </>
  );
}
