import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { maxFileRows, type RawEntry, type RawValue, UnreadableFile } from './price-file.ts';

type LineOf = (node: unknown) => number;

/**
 * A JSON or YAML document with a list of models, at its root or under `models`. Every scalar stays the text that stands in the file, so
 * that no amount passes through a float.
 * @param isWhole prices are all that an entry says (a configuration file's), or a part of it
 * @throws UnreadableFile
 */
export function readTree(text: string, isWhole: boolean): RawEntry[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: counter, prettyErrors: false });
  const [error] = document.errors;
  if (error)
    throw new UnreadableFile(counter.linePos(error.pos[0]).line, error.message.split('\n')[0] ?? 'not readable');
  const lineOf: LineOf = (node) => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return range ? counter.linePos(range[0] ?? 0).line : 1;
  };
  const root: unknown = document.contents;
  const list = isMap(root) ? root.get('models', true) : root;
  if (!isSeq(list)) throw new UnreadableFile(lineOf(list), 'expected a list of models, at the root or under "models"');
  if (list.items.length > maxFileRows) throw new UnreadableFile(lineOf(list), `expected at most ${maxFileRows} models`);
  return list.items.map((item) => entryOf(item, isWhole, lineOf));
}

function entryOf(item: unknown, isWhole: boolean, lineOf: LineOf): RawEntry {
  if (!isMap(item)) throw new UnreadableFile(lineOf(item), 'expected a model with its fields');
  const fields = new Map<string, RawValue>();
  const tiers: RawEntry['tiers'][number][] = [];
  readMap(item, '');
  return { line: lineOf(item), fields, tiers, isWhole };

  function readMap(map: YAMLMap, prefix: string): void {
    for (const pair of map.items) {
      const name = nameOf(pair, lineOf);
      if (isMap(pair.value) && prefix === '' && (name === 'price' || name === 'rates')) {
        readMap(pair.value, name === 'rates' ? 'rates.' : 'price');
      } else if (isMap(pair.value) && name === 'rates') readMap(pair.value, 'rates.');
      else if (isSeq(pair.value)) {
        if (name === 'tiers' || name === 'above') tiers.push(...tiersOf(pair.value, lineOf));
        else fields.set(name, { text: null, line: lineOf(pair.value) });
      } else fields.set(prefix === 'rates.' ? `rates.${name}` : name, rawOf(pair, lineOf));
    }
  }
}

function tiersOf(list: YAMLSeq, lineOf: LineOf): RawEntry['tiers'][number][] {
  return list.items.map((item) => {
    if (!isMap(item)) throw new UnreadableFile(lineOf(item), 'expected a tier with its fields');
    const fields = new Map(item.items.map((pair) => [nameOf(pair, lineOf), rawOf(pair, lineOf)]));
    return { line: lineOf(item), fields };
  });
}

function nameOf({ key }: Pair, lineOf: LineOf): string {
  if (isScalar(key) && typeof key.value === 'string') return key.value;
  throw new UnreadableFile(lineOf(key), 'expected the name of a field');
}

function rawOf({ key, value }: Pair, lineOf: LineOf): RawValue {
  const line = lineOf(value ?? key);
  if (value === null || value === undefined) return { text: null, line };
  if (!isScalar(value) || typeof value.value !== 'string') throw new UnreadableFile(line, 'expected a single value');
  const isOpen = value.type === 'PLAIN' && /^(?:null|~|)$/i.test(value.value);
  return { text: isOpen ? null : value.value, line };
}
