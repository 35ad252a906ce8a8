import type { CatalogChange, CatalogSnapshot, GroupSnapshot, ModelSnapshot } from './snapshot.ts';

/** The snapshot as the clock has it: with every announced price and multiplier whose date has come. The same object where none has. */
export function snapshotAt(snapshot: CatalogSnapshot, now: Date): CatalogSnapshot {
  const due = snapshot.ahead.filter(({ at }) => at <= now);
  if (due.length === 0) return snapshot;
  const [models, groups] = [new Map(snapshot.models), new Map(snapshot.groups)];
  for (const change of due) takeUp(change, models, groups);
  return { ...snapshot, models, groups, ahead: snapshot.ahead.slice(due.length) };
}

function takeUp(
  { prices, terms }: CatalogChange,
  models: Map<string, ModelSnapshot>,
  groups: Map<string, GroupSnapshot>,
): void {
  for (const [id, price] of prices) {
    const model = models.get(id);
    if (model) models.set(id, { ...model, price });
  }
  for (const [id, changed] of terms) {
    const group = groups.get(id);
    if (group) groups.set(id, { ...group, terms: changed });
  }
}
