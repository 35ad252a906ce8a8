import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { seeBatch } from '../batches/see-batch.ts';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import { requestIdLines, sendJson } from '../http/respond.ts';
import type { RelayDeps } from '../relay/deps.ts';
import { askChannel, ownHeaders } from '../upstream/ask-channel.ts';
import { readBounded } from '../upstream/read-bounded.ts';
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
  caller: RelayCaller,
  deps: RelayDeps,
): Promise<void> {
  const query = new URLSearchParams(exchange.query);
  const limit = Math.min(maxLimit, Math.max(1, Math.trunc(Number(query.get('limit') ?? defaultLimit)) || defaultLimit));
  const after = query.get('after') ?? undefined;
  const { organizationId } = caller;
  const page = await deps.objects.list({ organizationId, kind: route.object.kind, after, limit });
  const channels = [...deps.catalog().channels, ...caller.ownChannels.map(({ channel }) => channel)];
  const found: unknown[] = [];
  for (let at = 0; at < page.pins.length; at += askedAtOnce) {
    const some = page.pins.slice(at, at + askedAtOnce).map(async ({ id, channelId }) => {
      const channel = channels.find((one) => one.id === channelId);
      const body = channel && (await fetchObject(`${route.path}/${id}`, channel, deps));
      if (body && route.object.kind === 'batch') await seeBatch(body, caller, channel, deps);
      return body && readJson(body);
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
  sendJson(exchange.response, 200, body, requestIdLines(exchange));
}

async function fetchObject(path: string, channel: ChannelSnapshot, deps: RelayDeps): Promise<Buffer | undefined> {
  try {
    const answer = await askChannel(deps.pools, channel, {
      ...{ method: 'GET', path, headers: ownHeaders },
      firstByteMs: channel.timeouts.firstByteMs,
    });
    if (answer.statusCode === 200) return await readBounded(answer, maxObjectBytes);
    await answer.body.dump();
    return undefined;
  } catch {
    return undefined;
  }
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
