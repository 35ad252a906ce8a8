import { type Rejection, RelayError } from '@ai-bridge/domain';
import { type ChannelPlace, isFull } from '../limits/channel-gate.ts';
import { healthOf } from './attempt-health.ts';
import type { Call } from './call.ts';
import { withOfficialInstructions } from './codex-instructions.ts';
import { ConvertedCall } from './converted-call.ts';
import type { RelayDeps } from './deps.ts';
import { EditedCall } from './edited-call.ts';
import { reservedOutputTokens, upstreamCostOf } from './expected-cost.ts';
import type { Hold } from './hold.ts';
import { PassthroughCall } from './passthrough-call.ts';
import { fullReason } from './plan-model.ts';
import { planFallbacks } from './plan-route.ts';
import type { PlannedRequest } from './planned-request.ts';
import { repairOf } from './repair-of.ts';
import { type Candidate, NoRouteError, secondsToWait } from './route-plan.ts';
import { viewsOf } from './route-views.ts';
import { protocolsOn } from './spoken-protocols.ts';

/** Attempts of one request: on the model asked for, on each further model, and in all. */
const maxAttemptsOnAsked = 3;
const maxAttemptsOnOther = 1;
/** On the customer's own keys, however many he has: so that the house's channels get their turn. */
const maxAttemptsOnOwnKeys = 2;
const maxAttempts = 5;

/** A call on the channel and model that it is meant for. */
export interface PlannedCall {
  readonly call: Call;
  readonly candidate: Candidate;
  /** On the channel; undefined where that has no limits. */
  readonly place: ChannelPlace | undefined;
}

/** A call that was changed after its upstream had refused it. */
export interface RepairedCall extends PlannedCall {
  readonly call: EditedCall;
}

/**
 * The calls that a plan's candidates come to, each made when its turn comes, within the bounds of one request. Passed over are channels
 * whose protocol cannot carry the request, models that the balance does not pay for, and channels where other requests took the places
 * that were left. Where no channel of the model asked for can carry the request, the client is told which field it is.
 */
export class Calls {
  /** Candidates that were passed over. */
  readonly passedOver: Rejection[] = [];
  readonly #request: PlannedRequest;
  readonly #hold: Hold;
  readonly #deps: RelayDeps;
  #candidates: readonly Candidate[];
  #index = -1;
  #hasFallbacks: boolean;
  #made = 0;
  #madeOnModel = 0;
  #madeOnOwnKeys = 0;
  #model: string;
  #refusal: RelayError | undefined;
  /** How soon one of the channels that were full may have room. */
  #fullForMs: number | undefined;

  constructor(request: PlannedRequest, hold: Hold, deps: RelayDeps) {
    this.#request = request;
    this.#hold = hold;
    this.#deps = deps;
    this.#candidates = request.plan.candidates;
    this.#hasFallbacks = request.plan.mayFallBack;
    this.#model = request.plan.model.id;
  }

  /**
   * The first call.
   * @throws RelayError invalid_request where no channel of the model asked for can carry the request; NoRouteError where none is left
   */
  first(): PlannedCall | Promise<PlannedCall> {
    const found = this.next();
    return found instanceof Promise ? found.then((call) => this.#orRefusal(call)) : this.#orRefusal(found);
  }

  /** Goes on to the next candidate that can carry the request; undefined where none is left. A promise only where money has to be fetched. */
  next(): PlannedCall | undefined | Promise<PlannedCall | undefined> {
    for (let candidate = this.#take(); candidate; candidate = this.#take()) {
      const isCovered = this.#hold.cover(candidate);
      if (isCovered instanceof Promise) return this.#nextSoon(candidate, isCovered);
      const found = this.#tryOn(candidate, isCovered);
      if (found) return found;
    }
    return undefined;
  }

  /** The last candidate's call once more; undefined where that is one too many. */
  again({ candidate }: PlannedCall): PlannedCall | undefined {
    if (candidate.isProbe || !this.#mayTry(candidate)) return undefined;
    return this.#tryOn(candidate, true);
  }

  /**
   * The call once more on the same channel, repaired after what the upstream said against it; undefined where nothing can be done about that.
   * @param refusal the body of the upstream's 400
   */
  repaired({ call, candidate }: PlannedCall, refusal: Buffer): RepairedCall | undefined {
    if (this.#made >= maxAttempts || !this.#deps.health.of(candidate.channel.id).breaker.hasRoom) return undefined;
    const repair = repairOf(this.#request, call, candidate, refusal);
    if (!repair) return undefined;
    const edited = new EditedCall(callOn(this.#request, this.#hold, candidate), repair);
    const place = this.#enter(candidate);
    if (place === 'full') return undefined;
    this.#made++;
    this.#madeOnModel++;
    return { call: edited, candidate, place };
  }

  /** No channel of the model asked for can carry the request, and none was left out that might. */
  get #isClients(): boolean {
    if (this.#refusal === undefined || this.#made > 0) return false;
    return this.#fullForMs === undefined && this.#request.plan.rejected.length === 0;
  }

  #orRefusal(found: PlannedCall | undefined): PlannedCall {
    if (found) return found;
    if (this.#isClients) throw this.#refusal;
    throw new NoRouteError('overloaded', { retryAfterSeconds: secondsToWait(this.#fullForMs ?? 0) }, [
      ...this.#request.plan.rejected,
      ...this.passedOver,
    ]);
  }

  async #nextSoon(candidate: Candidate, isCovered: Promise<boolean>): Promise<PlannedCall | undefined> {
    return this.#tryOn(candidate, await isCovered) ?? this.next();
  }

  /** The next candidate within the bounds. */
  #take(): Candidate | undefined {
    for (;;) {
      const candidate = this.#candidates[++this.#index];
      if (!candidate) {
        if (!this.#hasFallbacks || this.#isClients) return undefined;
        this.#planFallbacks();
      } else if (this.#mayTry(candidate)) return candidate;
    }
  }

  /** Those of other models, planned now that they are needed: by how their channels do now. */
  #planFallbacks(): void {
    this.#hasFallbacks = false;
    const { candidates, rejected } = planFallbacks(this.#request.plan, this.#request.caller, viewsOf(this.#deps));
    this.#candidates = candidates;
    this.#index = -1;
    this.passedOver.push(...rejected);
  }

  #mayTry({ model, ownKey }: Candidate): boolean {
    if (this.#made >= maxAttempts) return false;
    if (ownKey) return this.#madeOnOwnKeys < maxAttemptsOnOwnKeys;
    const isAsked = model === this.#request.plan.model;
    const made = model.id === this.#model ? this.#madeOnModel : 0;
    return made < (isAsked ? maxAttemptsOnAsked : maxAttemptsOnOther);
  }

  #tryOn(candidate: Candidate, isCovered: boolean): PlannedCall | undefined {
    const { model, ownKey } = candidate;
    if (!isCovered) return this.#passOver(candidate, 'the balance does not pay for this model');
    if (!healthOf(candidate, this.#deps).breaker.hasRoom)
      return this.#passOver(candidate, 'is on trial, one request at a time');
    const call = this.#callOn(candidate);
    if (!call) return undefined;
    const place = this.#enter(candidate);
    if (place === 'full') return undefined;
    this.#made++;
    if (ownKey) this.#madeOnOwnKeys++;
    else {
      this.#madeOnModel = model.id === this.#model ? this.#madeOnModel + 1 : 1;
      this.#model = model.id;
    }
    return { call, candidate, place };
  }

  /** Takes a place on a channel that has limits. What only counts tokens takes none: upstreams count that apart. */
  #enter(candidate: Candidate): ChannelPlace | undefined | 'full' {
    const { channel, model } = candidate;
    if (channel.limits === undefined || !this.#request.plan.question.isLimited) return undefined;
    const { expected, capOutputTokens } = this.#hold;
    const output = capOutputTokens ?? reservedOutputTokens(expected, model.maxOutputTokens);
    const cost = () => upstreamCostOf(expected, output, candidate);
    const entered = this.#deps.gate.enter(channel, expected.promptTokens + output, cost);
    if (!isFull(entered)) return entered;
    this.#fullForMs = Math.min(this.#fullForMs ?? Number.POSITIVE_INFINITY, entered.waitMs);
    this.#passOver(candidate, fullReason(entered));
    return 'full';
  }

  #callOn(candidate: Candidate): Call | undefined {
    try {
      return callOn(this.#request, this.#hold, candidate);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      // What only another model's channel cannot carry is no fault of the request.
      if (candidate.model === this.#request.plan.model) this.#refusal ??= error;
      this.#passOver(
        candidate,
        `cannot carry the request: ${error.detail.path ?? ''} ${error.detail.reason ?? ''}`.trim(),
      );
      return undefined;
    }
  }

  #passOver({ model, channel }: Candidate, reason: string): undefined {
    this.passedOver.push({ model: model.id, channelId: channel.id, reason });
  }
}

/** The call as the channel takes it: with the instructions that it wants of Codex. */
function callOn(request: PlannedRequest, hold: Hold, candidate: Candidate): Call {
  return withOfficialInstructions(request, spokenCall(request, hold, candidate), candidate);
}

/** In the first of the channel's protocols that can carry the request. */
function spokenCall(request: PlannedRequest, hold: Hold, candidate: Candidate): Call {
  const { protocol } = request.route;
  const isOther = candidate.model !== request.plan.model;
  let refusal: RelayError | undefined;
  for (const spoken of protocolsOn(candidate.channel, protocol)) {
    // The answer of another model than asked names itself, so that it is put into our words even where both sides speak the same.
    if (spoken === protocol && !isOther) return new PassthroughCall(request, hold, candidate);
    try {
      return new ConvertedCall(request, hold, candidate, spoken);
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new RelayError('no_channel');
}
