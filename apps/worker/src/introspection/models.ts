import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '@ai-bridge/access/callers';
import type { CatalogSnapshot, ModelSnapshot } from '@ai-bridge/catalog';

export type ModelListShape = 'anthropic' | 'openai' | 'gemini';

/** Which vendor's shape a model list is asked for in; undefined where the path is no model list. */
export function modelListShape(path: string, headers: IncomingHttpHeaders): ModelListShape | undefined {
  if (/^\/v1beta\/models(\/|$)/.test(path)) return 'gemini';
  if (!/^\/v1(\/openai)?\/models(\/|$)/.test(path)) return undefined;
  if (headers['anthropic-version']) return 'anthropic';
  return headers['x-goog-api-key'] ? 'gemini' : 'openai';
}

/** The models this key may use now: priced, served by a channel, and on the key's own list if it has one. */
export function listedModels(snapshot: CatalogSnapshot, caller: Caller, openaiOnly: boolean): ModelSnapshot[] {
  const channels = openaiOnly
    ? snapshot.channels.filter((channel) => channel.provider === 'openai' || channel.isDemo)
    : snapshot.channels;
  const servesAll = channels.some((channel) => channel.servesAll);
  const served = new Set(channels.flatMap((channel) => [...channel.models.keys()]));
  return [...snapshot.models.values()].filter(
    (model) =>
      model.price !== undefined &&
      (served.has(model.id) || (servesAll && (!openaiOnly || model.provider === 'openai'))) &&
      (caller.models.size === 0 || caller.models.has(model.id)),
  );
}
