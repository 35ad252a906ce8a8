import {
  type ChannelModelsResult,
  type ChannelSnapshot,
  type LoadedChannel,
  type Preset,
  presetOf,
} from '@ai-bridge/catalog';
import type { Protocol } from '@ai-bridge/domain';
import type { UpstreamPools } from '../upstream/pools.ts';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import { failedAnswer, failedCall } from './failed-call.ts';
import { modelListEndpoint, modelListQuery, readModelPage } from './model-page.ts';
import { ownHeaders } from './smallest-request.ts';
import { timedCall } from './timed-call.ts';

const pageTimeoutMs = 10_000;
const maxPageBytes = 8 * 1024 * 1024;
const maxPages = 10;
const maxModels = 5_000;
/** There is no list at this address. */
const noListStatuses = new Set([404, 405]);

type Answer = ChannelModelsResult & { readonly status?: number };

/** The models that a channel's upstream lists; where its address has no list, those of the preset's other address. */
export async function listModels(
  { channel, preset }: LoadedChannel,
  pools: UpstreamPools,
): Promise<ChannelModelsResult> {
  const protocol = channel.protocols[0] ?? 'openai-chat';
  const { status, ...result } = await listAt(channel, protocol, pools);
  if (status === undefined || !noListStatuses.has(status)) return result;
  for (const other of otherAddresses(channel, presetOf(preset))) {
    const { status: _, ...found } = await listAt(other, other.protocols[0] ?? protocol, pools);
    if (!found.failure) return found;
  }
  return result;
}

async function listAt(channel: ChannelSnapshot, protocol: Protocol, pools: UpstreamPools): Promise<Answer> {
  const target = targetOf(channel);
  const models = new Map<string, ChannelModelsResult['models'][number]>();
  const failed = (failure: ChannelModelsResult['failure'], status?: number): Answer => {
    return { models: [], isCut: false, failure, ...(status === undefined ? {} : { status }) };
  };
  let after: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    try {
      const answer = await timedCall(pools.poolFor(target.origin, channel), {
        path: upstreamPath(target, modelListEndpoint(protocol), '') + modelListQuery(protocol, after),
        method: 'GET',
        headers: ownHeaders(target, protocol, ''),
        timeoutMs: pageTimeoutMs,
        maxBytes: maxPageBytes,
      });
      const read = answer.status === 200 ? readModelPage(protocol, answer.body) : undefined;
      if (!read) {
        const said = answer.body.toString() || `status ${answer.status}, no body`;
        return failed(failedAnswer(said, channel.credential), answer.status);
      }
      for (const model of read.models) models.set(model.id, model);
      after = read.next;
    } catch (error) {
      return failed(failedCall(error, channel.credential));
    }
    if (after === undefined || models.size >= maxModels) break;
  }
  const isCut = after !== undefined || models.size > maxModels;
  return { models: [...models.values()].slice(0, maxModels), isCut };
}

/** The preset's other addresses at the same origin: the key is bound to that, and may go nowhere else. */
function otherAddresses(channel: ChannelSnapshot, preset: Preset | undefined): ChannelSnapshot[] {
  const endpoints = preset?.endpoints ?? [];
  if (!endpoints.some(({ baseUrl }) => baseUrl === channel.baseUrl)) return [];
  const { origin } = targetOf(channel);
  return endpoints.flatMap(({ baseUrl, protocols, authStyle }) => {
    if (baseUrl === undefined || baseUrl === channel.baseUrl || new URL(baseUrl).origin !== origin) return [];
    return [{ ...channel, baseUrl, protocols, authStyle }];
  });
}
