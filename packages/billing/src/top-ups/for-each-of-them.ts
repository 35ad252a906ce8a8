/**
 * Does something for each, one after the other; one that fails holds up none of the others.
 * @returns how many there were
 * @throws the first failure, once all were tried
 */
export async function forEachOfThem<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<number> {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return items.length;
}
