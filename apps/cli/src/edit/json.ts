import { createScanner, findNodeAtLocation, type Node, type ParseError, parse, parseTree } from 'jsonc-parser';
import type { Editor, Path } from './editor.ts';
import { lineStart, nextLine, splice } from './splice.ts';
import { lineOf, UnreadableFile } from './unreadable.ts';

/** The scanner's number for a comma: its names exist for the compiler only. */
const commaToken = 5;
const options = { allowTrailingComma: true, allowEmptyContent: true };

/** JSON with comments and trailing commas: whatever is not changed keeps its place and its bytes. */
export const jsonEditor: Editor = {
  read(text) {
    const errors: ParseError[] = [];
    const value = parse(text, errors, options) ?? {};
    if (errors[0]) throw new UnreadableFile(lineOf(text, errors[0].offset));
    if (typeof value !== 'object' || Array.isArray(value)) throw new UnreadableFile(1);
    return value;
  },
  set(text, path, value) {
    const begun = text.trim() === '' ? '{}\n' : rooted(text);
    return setIn(begun, path, value);
  },
  remove(text, path) {
    const node = nodeAt(text, path);
    if (!node?.parent) return text;
    const without = removeProperty(text, node.parent);
    const parent = path.slice(0, -1);
    const isEmpty = parent.length > 0 && nodeAt(without, parent)?.children?.length === 0;
    return isEmpty && !hasComment(without, nodeAt(without, parent)) ? jsonEditor.remove(without, parent) : without;
  },
};

/** A file of comments alone gets the braces that they can stay before. */
function rooted(text: string): string {
  if (parseTree(text, [], options) !== undefined) return text;
  return `${text}${text.endsWith('\n') ? '' : '\n'}{}\n`;
}

const nodeAt = (text: string, path: Path): Node | undefined => {
  const root = parseTree(text, [], options);
  return root && findNodeAtLocation(root, [...path]);
};

function setIn(text: string, path: Path, value: unknown): string {
  const node = nodeAt(text, path);
  if (node) {
    const indent = indentAt(text, node.parent?.offset ?? node.offset);
    return splice(text, node.offset, node.offset + node.length, rendered(text, value, indent));
  }
  const parent = path.slice(0, -1);
  const object = nodeAt(text, parent);
  // What is between is made on the way, and what is no object gives way to one.
  if (object?.type !== 'object') return setIn(setIn(text, parent, {}), path, value);
  return insertProperty(text, object, path.at(-1) ?? '', value);
}

function insertProperty(text: string, object: Node, key: string, value: unknown): string {
  const outer = indentAt(text, object.offset);
  const inner = outer + unitOf(text);
  const property = `${JSON.stringify(key)}: ${rendered(text, value, inner)}`;
  const close = object.offset + object.length - 1;
  const last = object.children?.at(-1);
  const contentEnd = trimmedEnd(text, last ? last.offset + last.length : object.offset + 1, close);
  const isOneLine = last !== undefined && !text.slice(object.offset, close).includes('\n');
  const before = isOneLine ? ' ' : `\n${inner}`;
  const after = isOneLine ? text.slice(contentEnd, close) : `\n${outer}`;
  const changed = splice(text, contentEnd, close, `${before}${property}${after}`);
  if (!last) return changed;
  const lastEnd = last.offset + last.length;
  return hasComma(text, lastEnd, close) ? changed : splice(changed, lastEnd, lastEnd, ',');
}

/** Takes a property with its line, the comment behind it, and the comma that is one too many without it. */
function removeProperty(text: string, property: Node): string {
  const siblings = property.parent?.children ?? [];
  const at = siblings.indexOf(property);
  const object = property.parent ?? property;
  const close = object.offset + object.length - 1;
  const propertyEnd = property.offset + property.length;
  const comma = commaAt(text, propertyEnd, close);
  let end = comma === undefined ? propertyEnd : comma + 1;
  let start = property.offset;
  const lineEnd = nextLine(text, end);
  const begin = lineStart(text, start);
  const isAlone = text.slice(begin, start).trim() === '' && /^[ \t]*(\/\/.*)?\r?\n$/.test(text.slice(end, lineEnd));
  if (isAlone) {
    start = begin;
    end = lineEnd;
  } else if (at < siblings.length - 1) while (text[end] === ' ') end++;
  else while (text[start - 1] === ' ') start--;
  const before = at > 0 && at === siblings.length - 1 ? siblings[at - 1] : undefined;
  const cut = splice(text, start, end, '');
  if (!before || comma !== undefined) return cut;
  const superfluous = commaAt(cut, before.offset + before.length, cut.length);
  return superfluous === undefined ? cut : splice(cut, superfluous, superfluous + 1, '');
}

/** Where blanks before `close` begin: behind the last value, comma or comment. */
function trimmedEnd(text: string, from: number, close: number): number {
  const kept = text.slice(from, close).replace(/\s+$/, '');
  return from + kept.length;
}

function commaAt(text: string, from: number, to: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  const isComma = Number(scanner.scan()) === commaToken;
  return isComma && scanner.getTokenOffset() < to ? scanner.getTokenOffset() : undefined;
}

const hasComma = (text: string, from: number, to: number) => commaAt(text, from, to) !== undefined;

function hasComment(text: string, node: Node | undefined): boolean {
  return node !== undefined && text.slice(node.offset + 1, node.offset + node.length - 1).trim() !== '';
}

const rendered = (text: string, value: unknown, indent: string): string =>
  JSON.stringify(value, null, unitOf(text)).replaceAll('\n', `\n${indent}`);

const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';

/** One step of indentation, as the file has it. */
const unitOf = (text: string): string => /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
