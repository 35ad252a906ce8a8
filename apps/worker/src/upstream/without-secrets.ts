/** A run of this many characters in common with the credential gives it away. */
const windowCharacters = 8;
/** What stands in a credential's place; the last of them is in none, as headers carry no such letter. */
const masks = ['***', '###', '…'];
/** What looks like some provider's key, whoever's it is. */
const keyLike = /\b(sk|ab|rk|pk|AIza|Bearer)[-_ ]?[A-Za-z0-9*._-]{6,}/g;

/**
 * An upstream's words without the credential that was sent to it, or any part of one: upstreams quote the key they refuse,
 * whole or cut.
 */
export function withoutSecrets(text: string, credential: string | undefined): string {
  const secret = credential ?? '';
  // A mask that the credential has a letter of could stand for a part of it beside the words around.
  const mask = masks.find(([letter = '']) => !secret.includes(letter)) ?? '';
  return masked(text, secret, mask).replace(keyLike, `$1-${mask}`);
}

function masked(text: string, credential: string, mask: string): string {
  const length = Math.min(windowCharacters, credential.length);
  if (length === 0) return text;
  const windows = new Set<string>();
  for (let at = 0; at + length <= credential.length; at++) windows.add(credential.slice(at, at + length));
  let clean = '';
  let at = 0;
  while (at < text.length) {
    let end = at;
    while (end + length <= text.length && windows.has(text.slice(end, end + length))) end++;
    if (end === at) {
      clean += text[at++];
      continue;
    }
    clean += mask;
    at = end + length - 1;
  }
  return clean;
}
