import type { ChannelSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import type { Protocol } from '@ai-bridge/domain';

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
