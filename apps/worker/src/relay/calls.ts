import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import type { Call } from './call.ts';
import { ConvertedCall } from './converted-call.ts';
import type { Hold } from './hold.ts';
import { PassthroughCall } from './passthrough-call.ts';
import { protocolsOn } from './plan-route.ts';
import type { PlannedRequest } from './planned-request.ts';

/**
 * The calls that a plan's channels come to, each made when its turn comes. Channels whose protocol cannot carry the request are passed
 * over; where none can, the client is told which field it is.
 */
export class Calls {
  readonly #request: PlannedRequest;
  readonly #hold: Hold;
  /** Place of the current call's channel, and of the one that was found behind it. */
  #index = -1;
  #nextIndex = -1;
  #next: Call | undefined;
  #refusal: RelayError | undefined;

  constructor(request: PlannedRequest, hold: Hold) {
    this.#request = request;
    this.#hold = hold;
  }

  /** The channel of the current call. */
  get channel(): ChannelSnapshot {
    return this.#request.plan.channels[this.#index] as ChannelSnapshot;
  }

  /** Whether another channel can carry the request. */
  hasNext(): boolean {
    const { channels } = this.#request.plan;
    while (!this.#next && this.#nextIndex + 1 < channels.length) {
      this.#next = this.#tryOn(channels[++this.#nextIndex] as ChannelSnapshot);
    }
    return this.#next !== undefined;
  }

  /**
   * Goes on to the next channel that can carry the request.
   * @throws RelayError invalid_request where there was none at all
   */
  next(): Call {
    if (!this.hasNext()) throw this.#refusal ?? new RelayError('no_channel');
    const call = this.#next as Call;
    this.#next = undefined;
    this.#index = this.#nextIndex;
    return call;
  }

  /** The current channel's call once more. */
  again(): Call {
    return callOn(this.#request, this.#hold, this.channel);
  }

  #tryOn(channel: ChannelSnapshot): Call | undefined {
    try {
      return callOn(this.#request, this.#hold, channel);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      this.#refusal ??= error;
      return undefined;
    }
  }
}

/** In the first of the channel's protocols that can carry the request. */
function callOn(request: PlannedRequest, hold: Hold, channel: ChannelSnapshot): Call {
  const { protocol } = request.route;
  let refusal: RelayError | undefined;
  for (const spoken of protocolsOn(channel, protocol)) {
    if (spoken === protocol) return new PassthroughCall(request, hold, channel);
    try {
      return new ConvertedCall(request, hold, channel, spoken);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new RelayError('no_channel');
}
