import { maxFileRows, type RawEntry, type RawValue, UnreadableFile } from './price-file.ts';

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * A table with a header. A further line of the same model with `above_tokens` is its tier beyond that size.
 * @throws UnreadableFile
 */
export function readCsv(text: string): RawEntry[] {
  const delimiter = delimiterOf(text);
  const [header, ...records] = parse(text, delimiter);
  if (!header) throw new UnreadableFile(1, 'expected a line with the names of the columns');
  const names = header.cells.map((name) => name.trim());
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw new UnreadableFile(1, `expected each column once: ${twice.slice(0, 40)}`);
  if (!names.some((name) => name === 'model' || name === 'id'))
    throw new UnreadableFile(1, 'expected a column that is called model');
  if (records.length > maxFileRows) throw new UnreadableFile(maxFileRows, `expected at most ${maxFileRows} rows`);
  return withTiers(
    records.map(({ line, cells }) => {
      if (cells.length > names.length) throw new UnreadableFile(line, `expected at most ${names.length} cells`);
      return { line, fields: fieldsOf(names, cells, line) };
    }),
  );
}

type Line = Omit<RawEntry, 'tiers' | 'isWhole'>;

function withTiers(lines: readonly Line[]): RawEntry[] {
  const entries: (Line & { tiers: Line[]; isWhole: false })[] = [];
  for (const line of lines) {
    const { fields } = line;
    if (!fields.get('above_tokens')?.text) {
      entries.push({ ...line, tiers: [], isWhole: false });
      continue;
    }
    const base = entries.find((entry) => modelOf(entry) === modelOf(line));
    if (!base) throw new UnreadableFile(line.line, 'expected the line without above_tokens of this model before it');
    base.tiers.push(line);
  }
  return entries;
}

function modelOf({ fields }: Line): string | null | undefined {
  return (fields.get('model') ?? fields.get('id'))?.text;
}

function fieldsOf(names: readonly string[], cells: readonly string[], line: number): Map<string, RawValue> {
  const fields = new Map<string, RawValue>();
  names.forEach((name, index) => {
    if (name === '') return;
    const cell = (cells[index] ?? '').trim();
    // A spreadsheet is kept from reading a text as a formula by a quote before it.
    const text = /^'['=+\-@]/.test(cell) ? cell.slice(1) : cell;
    fields.set(name, { text: text === '' ? null : text, line });
  });
  return fields;
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counts = [',', ';', '\t'].map((one) => [one, first.split(one).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** RFC 4180, with either line end; lines without anything are passed over. */
function parse(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let [cells, cell, line, beginning, isQuoted] = [[] as string[], '', 1, 1, false];
  const endRecord = () => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== '')) records.push({ line: beginning, cells });
    [cells, cell, beginning] = [[], '', line];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\n') line++;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++];
      else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') endRecord();
    else if (character !== '\r') cell += character;
  }
  if (isQuoted) throw new UnreadableFile(beginning, 'expected the quote that begins here to end');
  endRecord();
  return records;
}
