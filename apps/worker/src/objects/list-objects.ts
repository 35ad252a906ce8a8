import type { Caller } from '@ai-bridge/access/callers';
import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { Exchange } from '../http/exchange.ts';
import { headerList } from '../http/header-lines.ts';
import { requestIdLines, sendJson } from '../http/respond.ts';
import type { RelayDeps } from '../relay/deps.ts';
import { targetOf, upstreamPath } from '../upstream/target.ts';
import type { ObjectRoute } from './object-route.ts';

const defaultLimit = 20;
/** Every one is asked for by itself: an upstream's own list would show what other organizations keep there. */
const maxLimit = 100;
const askedAtOnce = 8;
const maxObjectBytes = 256 * 1024;

/** Lists an organization's objects of one kind, newest first, as OpenAI lists them. Those that their upstream has forgotten are left out. */
export async function listObjects(
  exchange: Exchange,
  route: ObjectRoute,
  caller: Caller,
  deps: RelayDeps,
): Promise<void> {
  exchange.request.resume();
  const query = new URLSearchParams(exchange.query);
  const limit = Math.min(maxLimit, Math.max(1, Math.trunc(Number(query.get('limit') ?? defaultLimit)) || defaultLimit));
  const after = query.get('after') ?? undefined;
  const { organizationId } = caller;
  const page = await deps.objects.list({ organizationId, kind: route.object.kind, after, limit });
  const { channels } = deps.catalog();
  const found: unknown[] = [];
  for (let at = 0; at < page.pins.length; at += askedAtOnce) {
    const some = page.pins.slice(at, at + askedAtOnce).map(async ({ id, channelId }) => {
      const channel = channels.find((one) => one.id === channelId);
      return channel && fetchObject(`${route.path}/${id}`, channel, deps);
    });
    found.push(...(await Promise.all(some)));
  }
  const body = {
    object: 'list',
    data: found.filter((object) => object !== undefined),
    first_id: page.pins[0]?.id ?? null,
    last_id: page.pins.at(-1)?.id ?? null,
    has_more: page.hasMore,
  };
  sendJson(exchange.response, 200, body, headerList(requestIdLines(exchange)));
}

async function fetchObject(path: string, channel: ChannelSnapshot, deps: RelayDeps): Promise<unknown> {
  const target = targetOf(channel);
  const headers = ['accept', 'application/json', 'accept-encoding', 'identity'];
  if (target.credentialValue) headers.push(target.credentialHeader, target.credentialValue);
  try {
    const { statusCode, body } = await deps.pools.poolFor(target.origin, channel).request({
      path: upstreamPath(target, path, ''),
      method: 'GET',
      headers,
      headersTimeout: channel.timeouts.firstByteMs,
    });
    if (statusCode !== 200) {
      await body.dump();
      return undefined;
    }
    const text = await body.text();
    return text.length > maxObjectBytes ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
