/** The chain with one entry elsewhere; positions outside of it change nothing. */
export function moved(chain: readonly string[], from: number, to: number): readonly string[] {
  const entry = chain[from];
  if (entry === undefined || to < 0 || to >= chain.length) return chain;
  const others = chain.filter((_, index) => index !== from);
  return [...others.slice(0, to), entry, ...others.slice(to)];
}
