import type { CatalogSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { RequestHeaders } from '../http1/request-head.ts';
import { isOpenTo } from '../relay/plan-model.ts';

export type ModelListShape = 'anthropic' | 'openai' | 'gemini';

/** Which vendor's shape a model list is asked for in; undefined where the path is no model list. */
export function modelListShape(path: string, headers: RequestHeaders): ModelListShape | undefined {
  if (/^\/v1beta\/models(\/|$)/.test(path)) return 'gemini';
  if (!/^\/v1(\/openai)?\/models(\/|$)/.test(path)) return undefined;
  if (headers['anthropic-version']) return 'anthropic';
  return headers['x-goog-api-key'] ? 'gemini' : 'openai';
}

/** The models this key may use now, and then the other names that they answer to. */
export function listedModels(snapshot: CatalogSnapshot, caller: RelayCaller, openaiOnly: boolean): ModelSnapshot[] {
  const models = usableModels(snapshot, caller, openaiOnly);
  const byId = new Map(models.map((model) => [model.id, model]));
  const others = [...snapshot.aliases].flatMap(([id, meant]) => {
    const model = byId.get(meant);
    return model ? [{ ...model, id }] : [];
  });
  return [...models, ...others];
}

/** Priced, served by a channel of the key's group or an own key, and on the lists of the group and of the key if they have any. */
function usableModels(snapshot: CatalogSnapshot, caller: RelayCaller, openaiOnly: boolean): ModelSnapshot[] {
  const group = snapshot.groups.get(caller.group);
  if (!group) return [];
  const channels = snapshot.channels.filter(
    (channel) =>
      !channel.isDraining &&
      isOpenTo(channel, group.id) &&
      (!openaiOnly || channel.provider === 'openai' || channel.isDemo),
  );
  const own = new Set(caller.ownChannels.map(({ channel }) => channel.provider));
  const servesAll = channels.some((channel) => channel.servesAll);
  const served = new Set(channels.flatMap((channel) => [...channel.models.keys()]));
  return [...snapshot.models.values()].filter(
    (model) =>
      model.price !== undefined &&
      (served.has(model.id) ||
        ((servesAll || own.has(model.provider)) && (!openaiOnly || model.provider === 'openai'))) &&
      (group.models.size === 0 || group.models.has(model.id)) &&
      (caller.models.size === 0 || caller.models.has(model.id)),
  );
}
