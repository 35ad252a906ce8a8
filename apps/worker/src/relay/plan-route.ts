import { createHash } from 'node:crypto';
import type { Caller } from '@ai-bridge/access/callers';
import type { CatalogSnapshot, ChannelSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import { type Price, type Protocol, RelayError } from '@ai-bridge/domain';

/** What a request asks of the planner. */
export interface RouteQuestion {
  readonly model: string;
  readonly protocol: Protocol;
  /** Channels of other protocols will do: the request can be put into their words. */
  readonly isConvertible: boolean;
  /** Only channels of this provider (the OpenAI passthrough routes). */
  readonly provider: string | undefined;
  /** The only channel that will do, as it keeps objects that the request names; undefined: any. */
  readonly home: string | undefined;
  /** What binds a conversation to one channel; undefined spreads by weight. */
  readonly session: string | undefined;
}

/** The channels to try, best first, with the price frozen. Never empty. */
export interface RoutePlan {
  readonly model: ModelSnapshot;
  readonly price: Price;
  readonly channels: readonly ChannelSnapshot[];
  readonly rejected: readonly { readonly channelId: string; readonly reason: string }[];
}

/**
 * Chooses where a request may go: pure, from the snapshot alone.
 * @throws RelayError model_not_found (unknown, or nobody set a price), model_not_allowed, no_channel
 */
export function planRoute(
  question: RouteQuestion,
  caller: Caller,
  snapshot: CatalogSnapshot,
  random: () => number = Math.random,
): RoutePlan {
  const model = snapshot.models.get(question.model);
  if (!model) throw new RelayError('model_not_found', { model: question.model });
  if (caller.models.size > 0 && !caller.models.has(model.id)) {
    throw new RelayError('model_not_allowed', { model: model.id });
  }
  if (!model.price) throw new RelayError('model_not_found', { model: model.id, reason: 'it has no price' });
  const eligible: ChannelSnapshot[] = [];
  const rejected: { channelId: string; reason: string }[] = [];
  for (const channel of snapshot.channels) {
    const reason = rejection(channel, model, question);
    if (reason) rejected.push({ channelId: channel.id, reason });
    else eligible.push(channel);
  }
  if (eligible.length === 0) throw new RelayError('no_channel', { model: model.id });
  return { model, price: model.price, channels: inOrder(eligible, question, random), rejected };
}

function rejection(channel: ChannelSnapshot, model: ModelSnapshot, question: RouteQuestion): string | undefined {
  if (!channel.servesAll && !channel.models.has(model.id)) return 'does not serve this model';
  if (question.home !== undefined && channel.id !== question.home) return 'does not keep the objects that are named';
  if (!question.isConvertible && !channel.protocols.includes(question.protocol)) {
    return `does not speak ${question.protocol}`;
  }
  if (question.provider && channel.provider !== question.provider && !channel.isDemo) {
    return `is not a channel of ${question.provider}`;
  }
  return undefined;
}

/** The id that the channel's upstream knows the model by. */
export function upstreamModel(channel: ChannelSnapshot, model: ModelSnapshot): string {
  return channel.models.get(model.id) ?? model.id;
}

/** Which protocols carry most of what another one says, best first: Chat has no place for the thinking of earlier turns. */
const richest: readonly Protocol[] = ['anthropic-messages', 'openai-responses', 'gemini', 'openai-chat'];

/** What may be spoken with a channel for a client of this protocol, best first: nothing but the client's own wherever the channel can. */
export function protocolsOn(channel: ChannelSnapshot, client: Protocol): readonly Protocol[] {
  if (channel.protocols.includes(client)) return [client];
  return richest.filter((protocol) => channel.protocols.includes(protocol));
}

/** What is spoken first. */
export function protocolOn(channel: ChannelSnapshot, client: Protocol): Protocol {
  return protocolsOn(channel, client)[0] ?? client;
}

/**
 * Channels of the client's own protocol first, for nothing is lost on them. Then lower priority numbers first. Within one number, channels are drawn by weight; a session draws the same order every time
 * (rendezvous hashing), so that a conversation stays where its prompt cache is.
 */
function inOrder(
  channels: ChannelSnapshot[],
  { protocol, session }: RouteQuestion,
  random: () => number,
): readonly ChannelSnapshot[] {
  if (channels.length === 1) return channels;
  const scored = channels.map((channel) => {
    const draw = session === undefined ? random() : drawFor(session, channel.id);
    const isForeign = channel.protocols.includes(protocol) ? 0 : 1;
    return { channel, isForeign, score: -Math.log(1 - draw) / Math.max(1, channel.weight) };
  });
  scored.sort((a, b) => a.isForeign - b.isForeign || a.channel.priority - b.channel.priority || a.score - b.score);
  return scored.map(({ channel }) => channel);
}

/** A number in [0, 1) that depends on the session and the channel alone. */
function drawFor(session: string, channelId: string): number {
  return createHash('sha256').update(session).update('\0').update(channelId).digest().readUInt32BE(0) / 2 ** 32;
}
