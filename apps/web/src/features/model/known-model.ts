import type { PublicModel } from './public-model.ts';

/** By how ids begin: what readers are likely to know, best known first; the newest of a kind. */
const wellKnown = ['claude-sonnet-', 'gpt-', 'gemini-', ''] as const;

/** A model that makes a good example: known, served if any is, with a price above zero. */
export function exampleModel(models: readonly PublicModel[]): PublicModel | undefined {
  const priced = models.filter(({ price }) => price.input > 0n && price.output > 0n);
  const open = priced.some(({ isAvailable }) => isAvailable) ? priced.filter(({ isAvailable }) => isAvailable) : priced;
  for (const beginning of wellKnown) {
    const kind = open.filter(({ id }) => id.startsWith(beginning));
    if (kind.length > 0) return kind.reduce((newest, model) => (model.id > newest.id ? model : newest));
  }
  return undefined;
}
