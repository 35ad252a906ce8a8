import { type ObjectKind, type ObjectPath, readObjectPath } from '@ai-bridge/protocol';

/** A request about something that an upstream keeps for us: a file, an upload, a stored answer. */
export interface ObjectRoute {
  /** Path on the upstream. */
  readonly path: string;
  readonly object: ObjectPath;
}

const openaiPrefix = '/v1/openai/';
const responsesPrefix = '/v1/responses/';
const modelList = /^\/v1\/openai\/models(?:\/|$)/;
/**
 * What costs nothing to keep and use, and batches, which are charged by what their requests used. The others (fine-tuning, videos, containers,
 * vector stores ...) are work that the upstream bills by other measures: they stay closed until they can be charged.
 */
const openKinds: ReadonlySet<ObjectKind> = new Set([
  'batch',
  'file',
  'upload',
  'response',
  'chat_completion',
  'conversation',
]);
/** Where a POST to the collection generates an answer, which is relayed, not kept. */
const generatingKinds: ReadonlySet<ObjectKind> = new Set(['response', 'chat_completion']);

/** Whether an upstream may keep something under this canonical path. Lists of models are ours. */
export function isObjectPath(path: string): boolean {
  return path.startsWith(openaiPrefix) ? !modelList.test(path) : path.startsWith(responsesPrefix);
}

/**
 * The object route of a canonical path; undefined where there is none.
 * @throws RelayError invalid_request where two servers could read the path differently
 */
export function objectRoute(path: string, method: string): ObjectRoute | undefined {
  const isOpenai = path.startsWith(openaiPrefix);
  const upstream = isOpenai ? `/v1/${path.slice(openaiPrefix.length)}` : path;
  const object = readObjectPath(upstream);
  if (!object || !openKinds.has(object.kind)) return undefined;
  if (object.refs.length === 0 && (generatingKinds.has(object.kind) || (method !== 'POST' && method !== 'GET')))
    return undefined;
  if (object.kind === 'batch' && !isBatchCall(object, method)) return undefined;
  return { path: upstream, object };
}

/** All that is done with batches: create, list, retrieve, cancel. */
function isBatchCall({ refs, rest }: ObjectPath, method: string): boolean {
  if (refs.length === 0) return rest.length === 0;
  return method === 'GET' ? rest.length === 0 : method === 'POST' && rest.length === 1 && rest[0] === 'cancel';
}

/** Whether a path is about objects that stay closed, or about a batch in a way that nobody knows. */
export function isClosedObjectPath(path: string): boolean {
  if (!path.startsWith(openaiPrefix)) return false;
  const object = readObjectPath(`/v1/${path.slice(openaiPrefix.length)}`);
  return object !== undefined && (object.kind === 'batch' || !openKinds.has(object.kind));
}
