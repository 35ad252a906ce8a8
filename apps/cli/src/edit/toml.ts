import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import type { Editor, Path } from './editor.ts';
import { lineStart, nextLine, splice } from './splice.ts';
import { UnreadableFile } from './unreadable.ts';

/** TOML: whatever is not changed keeps its place and its bytes. */
export const tomlEditor: Editor = {
  read: (text) => getStaticTOMLValue(parsed(text)) as Record<string, unknown>,
  set(text, path, value) {
    const entry = entriesOf(text).find((one) => isSame(one.path, path));
    if (entry) return splice(text, ...entry.node.value.range, rendered(value));
    return insert(text, path, rendered(value));
  },
  remove(text, path) {
    const entry = entriesOf(text).find((one) => isSame(one.path, path));
    if (!entry) return text;
    return pruneTable(removeEntry(text, entry), path.slice(0, -1));
  },
};

interface Entry {
  readonly path: Path;
  readonly node: AST.TOMLKeyValue;
  /** The inline table around it. */
  readonly inline: AST.TOMLInlineTable | undefined;
}

function parsed(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text);
  } catch (error) {
    if (error instanceof ParseError) throw new UnreadableFile(error.lineNumber);
    throw error;
  }
}

const top = (text: string) => parsed(text).body[0];
const tablesOf = (text: string) => top(text).body.filter((node) => node.type === 'TOMLTable');
const isSame = (one: Path, other: Path) => one.length === other.length && isWithin(one, other);
const isWithin = (one: Path, outer: Path) => outer.every((part, at) => one[at] === part);

/** Every key with a value, with its whole path; what is in lists of tables has none that could be named. */
function entriesOf(text: string): Entry[] {
  const found: Entry[] = [];
  const visit = (node: AST.TOMLKeyValue, outer: Path, inline: AST.TOMLInlineTable | undefined) => {
    const path = [...outer, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
    found.push({ path, node, inline });
    if (node.value.type === 'TOMLInlineTable') for (const one of node.value.body) visit(one, path, node.value);
  };
  for (const node of top(text).body) {
    if (node.type === 'TOMLKeyValue') visit(node, [], undefined);
    else if (node.resolvedKey.every((part) => typeof part === 'string'))
      for (const one of node.body) visit(one, node.resolvedKey.map(String), undefined);
  }
  return found;
}

/** How much of an entry's path is the table's that it stands in. */
const outerLength = ({ path, node }: Entry) => path.length - node.key.keys.length;

function insert(text: string, path: Path, value: string): string {
  const container = path.slice(0, -1);
  const line = (from: number) => `${path.slice(from).map(renderedKey).join('.')} = ${value}`;
  const entries = entriesOf(text);
  // An inline table cannot be added to from outside.
  const inline = entries.findLast((one) => one.node.value.type === 'TOMLInlineTable' && isWithin(path, one.path));
  if (inline?.node.value.type === 'TOMLInlineTable')
    return insertInline(text, inline.node.value, line(inline.path.length));
  const table = tablesOf(text).find((one) => one.kind === 'standard' && isSame(one.resolvedKey.map(String), container));
  if (table) return insertLine(text, table.body.at(-1)?.range[1] ?? table.key.range[1], line(container.length));
  // Keys with dots have made the table already: a header would make it twice.
  const dotted = entries.findLast(
    (one) => !one.inline && isWithin(one.path, container) && outerLength(one) < container.length,
  );
  if (dotted) return insertLine(text, dotted.node.range[1], line(outerLength(dotted)));
  if (container.length > 0)
    return `${ended(text)}[${container.map(renderedKey).join('.')}]\n${line(container.length)}\n`;
  const last = top(text).body.findLast((node) => node.type === 'TOMLKeyValue');
  if (last) return insertLine(text, last.range[1], line(0));
  // Before the first table, or it would be that table's.
  return `${line(0)}\n${text.trim() === '' ? '' : '\n'}${text}`;
}

const ended = (text: string) => (text.trim() === '' ? text : `${text.replace(/\n*$/, '\n')}\n`);

function insertLine(text: string, behind: number, line: string): string {
  const at = nextLine(text, behind);
  const isEnded = text[at - 1] === '\n';
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, behind)))?.[0] ?? '';
  return splice(text, at, at, `${isEnded ? '' : '\n'}${indent}${line}\n`);
}

function insertInline(text: string, table: AST.TOMLInlineTable, line: string): string {
  const last = table.body.at(-1);
  if (!last) return splice(text, ...table.range, `{ ${line} }`);
  return splice(text, last.range[1], last.range[1], `, ${line}`);
}

function removeEntry(text: string, { node, inline }: Entry): string {
  const [start, end] = node.range;
  if (!inline) return splice(text, lineStart(text, start), nextLine(text, end), '');
  const at = inline.body.indexOf(node);
  const before = inline.body[at - 1];
  const after = inline.body[at + 1];
  if (before) return splice(text, before.range[1], end, '');
  return splice(text, start, after ? after.range[0] : end, '');
}

/** Takes a table's header, with the blank line before it, once nothing is left of the table. */
function pruneTable(text: string, path: Path): string {
  const tables = tablesOf(text);
  const at = tables.findIndex((one) => one.kind === 'standard' && isSame(one.resolvedKey.map(String), path));
  const table = tables[at];
  if (!table || table.body.length > 0) return text;
  const start = lineStart(text, table.range[0]);
  const header = nextLine(text, table.key.range[1]);
  const end = tables[at + 1] ? lineStart(text, tables[at + 1]?.range[0] ?? 0) : text.length;
  const isBare = text.slice(table.key.range[1], end).trim() === ']';
  if (!isBare) return text;
  const before = text.slice(0, start);
  const isBlankBefore = before.endsWith('\n\n');
  return (isBlankBefore ? before.slice(0, -1) : before) + text.slice(header);
}

const renderedKey = (key: string) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));

/** Texts, numbers and truth values: the same as in JSON, but for one character that TOML wants escaped. */
function rendered(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}
