import type { Caller } from '@ai-bridge/access/callers';
import { RelayError } from '@ai-bridge/domain';
import { type ObjectRef, storesAnswer } from '@ai-bridge/protocol';
import type { RelayRoute } from '../http/routes.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/**
 * One of these stands in every body that names an object of its upstream (packages/protocol, referred-objects.ts); looking closer costs
 * milliseconds in a large one. The last is an escaped letter: a key can be written with it.
 */
const hints = ['response_id"', 'file_id', 'conversation"', 'container', 'skill_id', 'vector_store', '\\u00'].map(
  (word) => Buffer.from(word),
);
const storeKey = Buffer.from('"store"');

/** Whether a request may name objects that one upstream keeps. */
export function mayNameObjects(route: RelayRoute, body: Buffer): boolean {
  return route.protocol.startsWith('openai-') && mayHoldReferences(body);
}

/** Whether an OpenAI request's body may name such objects. */
export function mayHoldReferences(body: Buffer): boolean {
  return hints.some((hint) => body.includes(hint));
}

/**
 * The channel that all of these objects live on: a request that names them can be answered nowhere else.
 * @returns undefined where there are none
 * @throws RelayError not_found where one is not this organization's, invalid_request where they live apart
 */
export async function homeOf(
  named: readonly ObjectRef[],
  caller: Caller,
  objects: ObjectStore,
): Promise<string | undefined> {
  if (named.length === 0) return undefined;
  const pins = await objects.find(caller.organizationId, named);
  if (pins.length < named.length) throw new RelayError('not_found');
  const homes = new Set(pins.map((pin) => pin.channelId));
  if (homes.size === 1) return pins[0]?.channelId;
  throw new RelayError('invalid_request', { reason: 'these objects live with different providers' });
}

/** Whether the upstream keeps the answer, so that the client may come back to it by its id. */
export function isKept(route: RelayRoute, body: Buffer): boolean {
  if (route.endpoint === '/v1/responses') return !body.includes(storeKey) || storesAnswer('response', body);
  return route.endpoint === '/v1/chat/completions' && body.includes(storeKey) && storesAnswer('chat_completion', body);
}
