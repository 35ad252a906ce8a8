/** What ids are written in: 32 characters without look-alikes, in their order. */
export const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** How many characters of an id, behind the underscore, say when it was made. */
export const idTimeCharacters = 9;

const ownId = /^[a-z]{3}_([0-9a-hjkmnp-tv-z]{9})[0-9a-hjkmnp-tv-z]{13}$/;

/** When an id was made, in milliseconds since the epoch; undefined for a text that is none of our ids. */
export function timeOfId(id: string): number | undefined {
  const time = ownId.exec(id)?.[1];
  if (time === undefined) return undefined;
  let ms = 0;
  for (const character of time) ms = ms * 32 + idAlphabet.indexOf(character);
  return ms;
}
