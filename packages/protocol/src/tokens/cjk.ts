/** Chinese, Japanese and Korean characters, with their punctuation: where vendors' tokenizers differ most. */
export function countCjk(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (
      c >= 0x2e80 &&
      (c <= 0x9fff || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) || isFullWidth(c))
    ) {
      count++;
    }
  }
  return count;
}

function isFullWidth(c: number): boolean {
  return c >= 0xff00 && c <= 0xffef;
}
