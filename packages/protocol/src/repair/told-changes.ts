import type { Loss } from '@ai-bridge/domain';

/** Changes as they are kept and shown: those for one reason once, with the place of the first. */
export function toldChanges(changes: readonly Loss[]): Loss[] {
  const byReason = new Map<string, { readonly path: string; count: number }>();
  for (const { path, reason } of changes) {
    const known = byReason.get(reason);
    if (known) known.count++;
    else byReason.set(reason, { path, count: 1 });
  }
  return [...byReason].map(([reason, { path, count }]) => ({
    path,
    reason: count === 1 ? reason : `${reason} (${count} times)`,
  }));
}
