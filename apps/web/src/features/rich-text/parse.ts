import { type Inline, parseInline } from './parse-inline.ts';

/** A part of a text, in the subset of Markdown that operators write. Whatever is not in the subset is text. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

/** What a text of an operator's may have in characters; a form and its procedure go by it. */
export const maxRichTextCharacters = 20_000;

const fence = '```';
const heading = /^(#{2,3}) +(\S.*)$/;
const bullet = /^[-*] +(\S.*)$/;
const numbered = /^\d{1,9}[.)] +(\S.*)$/;

/** Reads a text: headings (## and ###), paragraphs, lists and fenced code. Time is linear in its length. */
export function parseRichText(text: string): readonly Block[] {
  const lines = text.slice(0, maxRichTextCharacters).replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const { block, next } = readBlock(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines: readonly string[], at: number): { block?: Block; next: number } {
  const line = lines[at]?.trim() ?? '';
  if (line === '') return { next: at + 1 };
  if (line.startsWith(fence)) return readCode(lines, at + 1);
  const [, marks, title] = heading.exec(line) ?? [];
  if (marks && title) {
    const level = marks.length === 2 ? 2 : 3;
    return { block: { kind: 'heading', level, content: parseInline(title) }, next: at + 1 };
  }
  const item = bullet.test(line) ? bullet : numbered.test(line) ? numbered : undefined;
  return item ? readList(lines, at, item) : readParagraph(lines, at);
}

/** Up to the closing fence, or to the end. */
function readCode(lines: readonly string[], from: number): { block: Block; next: number } {
  let end = from;
  while (end < lines.length && lines[end]?.trim() !== fence) end++;
  return { block: { kind: 'code', text: lines.slice(from, end).join('\n') }, next: end + 1 };
}

function readList(lines: readonly string[], from: number, item: RegExp): { block: Block; next: number } {
  const items: (readonly Inline[])[] = [];
  let next = from;
  for (; next < lines.length; next++) {
    const content = item.exec(lines[next]?.trim() ?? '')?.[1];
    if (content === undefined) break;
    items.push(parseInline(content));
  }
  return { block: { kind: 'list', isOrdered: item === numbered, items }, next };
}

function readParagraph(lines: readonly string[], from: number): { block: Block; next: number } {
  let next = from + 1;
  while (next < lines.length && isProse(lines[next]?.trim() ?? '')) next++;
  const text = lines.slice(from, next).map((line) => line.trim());
  return { block: { kind: 'paragraph', content: parseInline(text.join('\n')) }, next };
}

function isProse(line: string): boolean {
  return line !== '' && !line.startsWith(fence) && ![heading, bullet, numbered].some((start) => start.test(line));
}
