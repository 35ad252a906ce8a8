import type { ChannelModelsResult } from '@ai-bridge/catalog';
import type { Protocol } from '@ai-bridge/domain';
import { z } from 'zod';

type UpstreamModel = ChannelModelsResult['models'][number];

/** A part of an upstream's list of models; `next` asks for the part behind it. */
export interface ModelPage {
  readonly models: readonly UpstreamModel[];
  readonly next: string | undefined;
}

const pageSize = 1_000;
const maxIdCharacters = 200;
const text = z.string().min(1);
const id = text.max(maxIdCharacters);

/** OpenAI's and Anthropic's lists; some compatible upstreams answer with the bare list. */
const entry = z.object({ id, display_name: text.optional().catch(undefined), name: text.optional().catch(undefined) });
const listed = z.object({
  data: z.array(z.unknown()),
  has_more: z.boolean().optional().catch(undefined),
  last_id: text.optional().catch(undefined),
});
const geminiEntry = z.object({
  name: text.max(maxIdCharacters),
  displayName: text.optional().catch(undefined),
  supportedGenerationMethods: z.array(z.string()).optional().catch(undefined),
});
const geminiList = z.object({ models: z.array(z.unknown()), nextPageToken: text.optional().catch(undefined) });

/** Where a protocol lists its models, from `after` on. */
export function modelListEndpoint(protocol: Protocol): string {
  return protocol === 'gemini' ? '/v1beta/models' : '/v1/models';
}

export function modelListQuery(protocol: Protocol, after: string | undefined): string {
  const next = after === undefined ? '' : encodeURIComponent(after);
  if (protocol === 'gemini') return `?pageSize=${pageSize}${next && `&pageToken=${next}`}`;
  return protocol === 'anthropic-messages' ? `?limit=${pageSize}${next && `&after_id=${next}`}` : '';
}

/** Reads one part of a list; undefined where the body is none. Entries that cannot be read are passed over. */
export function readModelPage(protocol: Protocol, body: Buffer): ModelPage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return undefined;
  }
  return protocol === 'gemini' ? readGemini(value) : readListed(value);
}

function readListed(value: unknown): ModelPage | undefined {
  const list = listed.safeParse(Array.isArray(value) ? { data: value } : value);
  if (!list.success) return undefined;
  const { data, has_more, last_id } = list.data;
  const models = data.flatMap((item): UpstreamModel[] => {
    const { success, data: model } = entry.safeParse(item);
    return success ? [modelOf(model.id, model.display_name ?? model.name)] : [];
  });
  return { models, next: has_more ? (last_id ?? models.at(-1)?.id) : undefined };
}

function readGemini(value: unknown): ModelPage | undefined {
  const list = geminiList.safeParse(value);
  if (!list.success) return undefined;
  const models = list.data.models.flatMap((item): UpstreamModel[] => {
    const { success, data: model } = geminiEntry.safeParse(item);
    if (!success || model.supportedGenerationMethods?.includes('generateContent') === false) return [];
    return [modelOf(model.name.replace(/^models\//, ''), model.displayName)];
  });
  return { models, next: list.data.nextPageToken };
}

function modelOf(id: string, displayName: string | undefined): UpstreamModel {
  return displayName === undefined || displayName === id ? { id } : { id, displayName };
}
