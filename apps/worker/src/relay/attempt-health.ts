import { blameFor } from '../channels/blame.ts';
import type { ChannelHealth } from '../channels/channel-health.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { RelayDeps } from './deps.ts';
import type { Candidate } from './route-plan.ts';

/** What stands in a request that names things which only some account may see. */
const objectHints = ['cachedContent', 'cached_content', 'fileUri', 'file_uri', 'file_id', '"container"'].map((word) =>
  Buffer.from(word),
);

/** How a candidate's channel does. */
export function healthOf({ channel, ownKey }: Candidate, deps: Pick<RelayDeps, 'health' | 'ownHealth'>): ChannelHealth {
  return ownKey ? deps.ownHealth.of(channel.id) : deps.health.of(channel.id);
}

/** Tells what came of an attempt to those who watch over channels and models. */
export class AttemptHealth {
  readonly #health: ChannelHealth;
  readonly #candidate: Candidate;
  readonly #deps: RelayDeps;
  readonly #ticket: number;

  constructor(candidate: Candidate, deps: RelayDeps) {
    this.#candidate = candidate;
    this.#deps = deps;
    this.#health = healthOf(candidate, deps);
    this.#ticket = this.#health.begin();
  }

  /** The answer has begun. */
  answering(): void {
    this.#health.breaker.answering(this.#ticket, this.#deps.watch.nowMs);
  }

  /** @param body the client's request */
  ended(result: AttemptResult, body: Buffer): void {
    if (result.kind === 'refused') {
      this.#health.released(this.#ticket);
      this.#tally(undefined);
    } else if (result.kind === 'failed') {
      const { status } = result.failure;
      const mayBeClients = status === 403 || status === 404;
      const namesObjects = mayBeClients && objectHints.some((hint) => body.includes(hint));
      this.#failed(blameFor(result.failure, namesObjects));
    } else if (result.cut === 'upstream' || result.cut === 'timeout') {
      this.#failed({ scope: 'channel', ejects: false, restMs: 0, text: result.error ?? 'broke off' });
    } else if (result.end.outcome === 'client_left' && result.firstByteMs === undefined) {
      this.#health.released(this.#ticket);
    } else {
      const { nowMs } = this.#deps.watch;
      this.#health.succeeded(this.#ticket, nowMs);
      if (result.firstByteMs !== undefined) this.#health.firstBytes.add(nowMs, result.firstByteMs);
      this.#tally(result.firstByteMs);
    }
  }

  #failed(blame: ReturnType<typeof blameFor>): void {
    if (!blame) return this.#health.released(this.#ticket);
    const { model, channel, ownKey } = this.#candidate;
    this.#health.failed(this.#ticket, this.#deps.watch.nowMs, blame, model.id, Math.random());
    // What a customer's own key comes to says nothing of how the site does.
    if (ownKey) return;
    this.#deps.models.failed(model.id, channel.provider, this.#deps.clock.now());
  }

  #tally(firstByteMs: number | undefined): void {
    const { model, channel, ownKey } = this.#candidate;
    if (ownKey) return;
    this.#deps.models.answered(model.id, channel.provider, this.#deps.clock.now(), firstByteMs);
  }
}
