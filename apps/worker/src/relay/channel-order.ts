import { createHash } from 'node:crypto';
import type { ChannelSnapshot } from '@ai-bridge/catalog';
import type { RouteQuestion } from './route-plan.ts';

/** A channel that takes part in the draw for a request. */
export interface ChannelDraw {
  readonly channel: ChannelSnapshot;
  readonly isDoubtful: boolean;
  /** Filled in by the draw; the lowest is first. */
  score: number;
}

/**
 * Channels in the order in which they are tried. First those of the client's own protocol, for nothing is lost on them; then lower priority
 * numbers; then the one that the conversation is on; then those that did not just fail. Among equals channels are drawn by weight; a session
 * draws the same order every time (rendezvous hashing), so that it finds its channel even where nobody remembers it.
 */
export function inOrder(
  draws: ChannelDraw[],
  { protocol, session, stays }: RouteQuestion,
  model: string,
  { random }: { random(): number },
): readonly ChannelDraw[] {
  if (draws.length < 2) return draws;
  for (const draw of draws) {
    const drawn = session === undefined ? random() : drawFor(session, draw.channel.id);
    draw.score = -Math.log(1 - drawn) / Math.max(1, draw.channel.weight);
  }
  const stay = stays.find((one) => one.model === model)?.channelId;
  const isForeign = ({ channel }: ChannelDraw) => (channel.protocols.includes(protocol) ? 0 : 1);
  const isAway = ({ channel }: ChannelDraw) => (channel.id === stay ? 0 : 1);
  return draws.sort(
    (a, b) =>
      isForeign(a) - isForeign(b) ||
      a.channel.priority - b.channel.priority ||
      isAway(a) - isAway(b) ||
      Number(a.isDoubtful) - Number(b.isDoubtful) ||
      a.score - b.score,
  );
}

/** A number in [0, 1) that depends on the session and the channel alone. */
function drawFor(session: string, channelId: string): number {
  return createHash('sha256').update(session).update('\0').update(channelId).digest().readUInt32BE(0) / 2 ** 32;
}
