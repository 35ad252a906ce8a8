import type { Editor, Path } from './editor.ts';

const line = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*?)[ \t]*$/;

/** Lines of `NAME=value`; of several with one name the last one counts. */
export const dotenvEditor: Editor = {
  read(text) {
    const values: Record<string, string> = {};
    for (const one of text.split('\n')) {
      const [, name, value = ''] = line.exec(one) ?? [];
      if (name !== undefined) values[name] = unquoted(value);
    }
    return values;
  },
  set(text, path, value) {
    const [name = ''] = path;
    const lines = text.split('\n');
    const at = lines.findLastIndex((one) => nameOf(one) === name);
    const written = `${name}=${quoted(String(value))}`;
    if (at >= 0) return lines.with(at, keptPrefix(lines[at] ?? '') + written).join('\n');
    return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${written}\n`;
  },
  remove(text, path: Path) {
    return text
      .split('\n')
      .filter((one) => nameOf(one) !== path[0])
      .join('\n');
  },
};

const nameOf = (text: string) => line.exec(text)?.[1];
const keptPrefix = (text: string) => /^[ \t]*(?:export[ \t]+)?/.exec(text)?.[0] ?? '';
const quoted = (value: string) => (/^[\w./:@%+,=-]*$/.test(value) ? value : `"${value}"`);

function unquoted(value: string): string {
  const [, , inside] = /^(["'`])(.*)\1(?:[ \t]+#.*)?$/.exec(value) ?? [];
  return inside ?? value.replace(/[ \t]+#.*$/, '');
}
