/** What the docs' examples ask for: known to be cheap enough to try, where a key may use them. */
const preferred = ['claude-sonnet-4-6', 'gpt-4o', 'gemini-2.5-flash'];

interface Model {
  readonly id: string;
  readonly provider: string;
}

/** The models that a key may ask for, of those there are. @param served what the key's group serves; undefined: not known */
export function modelsOfKey<Row extends Model>(
  models: readonly Row[],
  key: { readonly models: readonly string[] },
  served: readonly string[] | undefined,
): Row[] {
  return models.filter(
    ({ id }) => (key.models.length === 0 || key.models.includes(id)) && (served?.includes(id) ?? true),
  );
}

/** The one to begin with: the one that was asked for, else one that is well known, else any. */
export function chooseModel<Row extends Model>(models: readonly Row[], wanted?: string | null): Row | undefined {
  for (const id of [wanted, ...preferred]) {
    const found = models.find((model) => model.id === id);
    if (found) return found;
  }
  return models[0];
}
