import {
  type FileProblem,
  type FileRow,
  maxFileBytes,
  maxProblems,
  type PriceFile,
  type RawEntry,
  UnreadableFile,
} from './price-file.ts';
import { readCsv } from './read-csv.ts';
import { readEntry } from './read-entry.ts';
import { readTree } from './read-tree.ts';

/**
 * Reads a price list: JSON (`models`, a list of { model, input, output, cache_read ... }), CSV with a header of the same names, or YAML as the
 * configuration file's `models`. What is wrong is told by line, and nothing is thrown; amounts are exact.
 * @param fileName decides on the format by its ending; without one, the text does
 */
export function readPriceFile(text: string, fileName: string): PriceFile {
  try {
    if (Buffer.byteLength(text) > maxFileBytes) throw new UnreadableFile(1, `expected at most ${maxFileBytes} bytes`);
    return collect(entriesOf(text.replace(/^\uFEFF/, ''), fileName));
  } catch (error) {
    if (error instanceof UnreadableFile) return { rows: [], problems: [error.problem], unknownFields: [] };
    throw error;
  }
}

function entriesOf(text: string, fileName: string): RawEntry[] {
  switch (formatOf(text, fileName)) {
    case 'csv':
      return readCsv(text);
    case 'json':
      return readTree(text, false);
    default:
      return readTree(text, true);
  }
}

function formatOf(text: string, fileName: string): 'csv' | 'json' | 'yaml' {
  const ending = /\.(csv|tsv|json|yaml|yml)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (ending) return ending === 'json' ? 'json' : ending.startsWith('y') ? 'yaml' : 'csv';
  if (/^\s*[[{]/.test(text)) return 'json';
  const [header = ''] = text.trimStart().split('\n', 1);
  return /^"?(?:model|id)"?\s*[,;\t]|[,;\t]\s*"?(?:model|id)"?\s*(?:[,;\t]|$)/.test(header) ? 'csv' : 'yaml';
}

function collect(entries: readonly RawEntry[]): PriceFile {
  const rows: FileRow[] = [];
  const problems: FileProblem[] = [];
  const unknownFields = new Set<string>();
  const lines = new Map<string, number>();
  for (const entry of entries) {
    const reading = readEntry(entry);
    problems.push(...reading.problems);
    for (const field of reading.unknownFields) unknownFields.add(field);
    if (!reading.row) continue;
    const { modelId, line } = reading.row;
    const before = lines.get(modelId);
    if (before !== undefined) {
      problems.push({ line, field: 'model', message: `expected each model once: it stands in line ${before} already` });
      continue;
    }
    lines.set(modelId, line);
    rows.push(reading.row);
  }
  return { rows, problems: problems.slice(0, maxProblems), unknownFields: [...unknownFields].slice(0, maxProblems) };
}
