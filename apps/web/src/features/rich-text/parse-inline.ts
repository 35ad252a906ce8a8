/** A stretch of a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'bold'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string };

/** Bounded, so that no text makes them look far ahead again and again. */
const code = /`([^`\n]{1,500})`/y;
const bold = /\*\*([^*\n]{1,500})\*\*/y;
const link = /\[([^[\]\n]{1,300})\]\(([^()\s]{1,2000})\)/y;
const escapable = new Set('\\`*[]()#-_.!');

/** Reads what stands in a line: `code`, **bold**, [links](https://...); a backslash makes a mark plain. A line break stays one. */
export function parseInline(text: string): readonly Inline[] {
  const content: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') content.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    const marked = readMarked(text, at, character);
    if (marked) {
      flush();
      content.push(marked.inline);
      at = marked.next;
    } else if (character === '\\' && escapable.has(text[at + 1] ?? '')) {
      plain += text[at + 1];
      at += 2;
    } else {
      plain += character;
      at++;
    }
  }
  flush();
  return content;
}

function readMarked(text: string, at: number, character: string): { inline: Inline; next: number } | undefined {
  if (character === '\n') return { inline: { kind: 'break' }, next: at + 1 };
  if (character === '`') {
    const found = matchAt(code, text, at);
    return found && { inline: { kind: 'code', text: found[1] ?? '' }, next: at + found[0].length };
  }
  if (character === '*') {
    const found = matchAt(bold, text, at);
    return found && { inline: { kind: 'bold', content: parseInline(found[1] ?? '') }, next: at + found[0].length };
  }
  if (character !== '[') return undefined;
  const found = matchAt(link, text, at);
  const href = found && readAddress(found[2] ?? '');
  return href === undefined
    ? undefined
    : { inline: { kind: 'link', href, text: found?.[1] ?? '' }, next: at + (found?.[0].length ?? 0) };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** An address that a reader may be led to; undefined for every other scheme, and where it hides a user before the host. */
function readAddress(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '' || password !== '') return undefined;
  return href;
}
