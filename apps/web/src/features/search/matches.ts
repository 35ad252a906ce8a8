/** The most that is typed to find something. */
export const maxTextLength = 100;
/** How much of a kind is shown. */
export const maxMatches = 6;

/**
 * What the typed text can mean, best first: names that are it, then those that begin with it, then those that hold all
 * of its words. Of equals the order stays.
 */
export function bestMatches<One>(all: readonly One[], text: string, namesOf: (one: One) => readonly string[]): One[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const ranked = all.flatMap((one) => {
    const names = namesOf(one).map((name) => name.toLowerCase());
    const whole = names.join(' ');
    if (!words.every((word) => whole.includes(word))) return [];
    const rank = names.includes(wanted) ? 0 : names.some((name) => name.startsWith(wanted)) ? 1 : 2;
    return [{ one, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, maxMatches)
    .map(({ one }) => one);
}
