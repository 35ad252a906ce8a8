import { type ObjectPath, type ObjectRef, readObjectPath } from './object-path.ts';
import { unquote, walkStrings } from './walk-strings.ts';

/** How much of an answer is looked at: ids stand at its beginning. */
export const maxAnswerBytes = 65_536;

/** Actions that make a new object of their collection's kind. */
const makers: ReadonlySet<string> = new Set(['edits', 'extensions', 'remix']);

/**
 * The objects that a successful answer says are there now and belong to who asked: the file that was uploaded, the response that was stored,
 * the files that a batch has written by now.
 *
 * @param beginning of the answer's body, JSON or the first events of a stream; of more than maxAnswerBytes the rest is not looked at
 * @throws RelayError invalid_request as readObjectPath
 */
export function createdObjects(method: string, path: string, beginning: Buffer): ObjectRef[] {
  const at = readObjectPath(path);
  if (!at) return [];
  const found = new Map<string, ObjectRef>();
  const isMaker = method === 'POST' && makesOne(at);
  walkStrings(jsonOf(beginning), (keys, quoted) => {
    const kind = kindOf(keys, at, isMaker);
    const id = kind && unquote(quoted);
    if (id) found.set(`${kind} ${id}`, { kind, id });
  });
  return [...found.values()];
}

function makesOne({ refs, rest }: ObjectPath): boolean {
  return refs.length + rest.length === 0 || makers.has(rest[0] ?? '');
}

function kindOf(keys: readonly string[], at: ObjectPath, isMaker: boolean): ObjectRef['kind'] | undefined {
  const last = keys.at(-1);
  if (keys.length === 1 && last === 'id') return isMaker ? at.kind : undefined;
  switch (at.kind) {
    case 'response':
      // The first event of a stream holds the response; a tool's container may be made on the way.
      if (keys.length === 2 && keys[0] === 'response' && last === 'id') return isMaker ? 'response' : undefined;
      return last === 'container_id' ? 'container' : undefined;
    case 'upload':
      return keys.length === 2 && keys[0] === 'file' && last === 'id' ? 'file' : undefined;
    case 'batch':
      return keys.length === 1 && (last === 'output_file_id' || last === 'error_file_id') ? 'file' : undefined;
    case 'fine_tuning_job':
      return keys.length === 1 && last === 'result_files' ? 'file' : undefined;
    default:
      return undefined;
  }
}

function jsonOf(beginning: Buffer): string {
  const text = beginning.toString('utf8', 0, maxAnswerBytes);
  if (!/^(event|data|id|:)/.test(text)) return text;
  const data = /(?:^|\n)data:/.exec(text);
  if (!data) return '';
  const start = data.index + data[0].length;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}
