import type { ApiKey } from '../api-key.ts';

/** A group as customers know it, with what it charges of the list price. */
export function GroupName({ group: { displayName, multiplier } }: { readonly group: ApiKey['group'] }) {
  return (
    <>
      {displayName}
      {multiplier !== undefined && <span className="font-mono text-ink-faint"> {`× ${multiplier}`}</span>}
    </>
  );
}
