import { RelayError } from '@ai-bridge/domain';

/** Things that an upstream keeps for the account that made them, and for nobody else. */
export type ObjectKind =
  | 'batch'
  | 'chat_completion'
  | 'container'
  | 'conversation'
  | 'eval'
  | 'file'
  | 'fine_tuning_job'
  | 'message_batch'
  | 'response'
  | 'skill'
  | 'upload'
  | 'vector_store'
  | 'video';

export interface ObjectRef {
  readonly kind: ObjectKind;
  /** The upstream's own id. */
  readonly id: string;
}

/** A request path under which an upstream keeps objects. */
export interface ObjectPath {
  /** What is kept there. */
  readonly kind: ObjectKind;
  /** The objects that the path names, the outer first; none where it is the collection or an action of it. */
  readonly refs: readonly ObjectRef[];
  /** What stands behind the last id, or behind the collection where there is none: ['content'], ['cancel'], ['compact'] ... */
  readonly rest: readonly string[];
}

const collections: ReadonlyMap<string, ObjectKind> = new Map([
  ['batches', 'batch'],
  ['chat/completions', 'chat_completion'],
  ['containers', 'container'],
  ['conversations', 'conversation'],
  ['evals', 'eval'],
  ['files', 'file'],
  ['fine_tuning/jobs', 'fine_tuning_job'],
  ['messages/batches', 'message_batch'],
  ['responses', 'response'],
  ['skills', 'skill'],
  ['uploads', 'upload'],
  ['vector_stores', 'vector_store'],
  ['videos', 'video'],
]);

/** Words that stand where an id could, and are none. */
const actions: ReadonlySet<string> = new Set([
  'responses/compact',
  'responses/input_tokens',
  'videos/characters',
  'videos/edits',
  'videos/extensions',
]);

/** What a client's base URL puts in front. */
const prefixes: ReadonlySet<string> = new Set(['v1', 'openai']);
const idPattern = /^[\w.:-]{1,256}$/;

/**
 * Reads which of an upstream's objects a path names: `/v1/files/{id}/content`, `/v1/openai/batches/{id}/cancel` ...
 *
 * @param path with or without its query
 * @returns undefined where nothing is kept under that path
 * @throws RelayError invalid_request where two servers could read the path differently (`..`, `//`, an escape in an id)
 */
export function readObjectPath(path: string): ObjectPath | undefined {
  const segments = segmentsOf(path);
  const length = [1, 2].find((count) => collections.has(segments.slice(0, count).join('/')));
  if (length === undefined) return undefined;
  const collection = segments.slice(0, length).join('/');
  const kind = collections.get(collection) as ObjectKind;
  if (!segments.every((segment) => idPattern.test(segment))) throw unclear();
  const [id, inner, innerId, ...rest] = segments.slice(length);
  if (id === undefined || actions.has(`${collection}/${id}`)) return { kind, refs: [], rest: segments.slice(length) };
  const outer = { kind, id };
  // A file of a vector store is a file of the account.
  if (kind === 'vector_store' && inner === 'files' && innerId !== undefined) {
    return { kind, refs: [outer, { kind: 'file', id: innerId }], rest };
  }
  return { kind, refs: [outer], rest: segments.slice(length + 1) };
}

/** The object that a request deletes once it succeeds: a file that is taken out of a vector store stays. */
export function deletedObject(method: string, path: string): ObjectRef | undefined {
  if (method !== 'DELETE') return undefined;
  const found = readObjectPath(path);
  return found?.refs.length === 1 && found.rest.length === 0 ? found.refs[0] : undefined;
}

function segmentsOf(path: string): string[] {
  const [pathname = ''] = path.split('?', 1);
  const trimmed = pathname.replace(/^\/|\/$/g, '');
  const segments = trimmed === '' ? [] : trimmed.split('/');
  if (segments.some(climbs)) throw unclear();
  const start = segments.findIndex((segment) => !prefixes.has(segment));
  return start === -1 ? [] : segments.slice(start);
}

/** Whether a segment leads elsewhere, or may after some server has undone its escapes. */
function climbs(segment: string): boolean {
  try {
    return decodeURIComponent(segment)
      .split(/[/\\]/)
      .some((step) => step === '' || step === '.' || step === '..');
  } catch {
    return true;
  }
}

function unclear(): RelayError {
  return new RelayError('invalid_request', { path: 'path', reason: 'names no object in a clear way' });
}
