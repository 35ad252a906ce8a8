import { randomBytes } from 'node:crypto';
import { missing } from './failure.ts';

/** An object of Stripe's: only what our code uses of it has names here. */
export interface StripeObject {
  readonly id: string;
  readonly object: string;
  readonly created: number;
  readonly livemode: boolean;
  [name: string]: unknown;
}

export interface FakeEvent extends StripeObject {
  readonly object: 'event';
  readonly type: string;
  readonly data: { readonly object: StripeObject };
}

/** Everything the fake knows, in the order that it was made. */
export class Store {
  readonly objects = new Map<string, StripeObject>();
  readonly events: FakeEvent[] = [];
  readonly livemode: boolean;
  readonly nowMs: () => number;

  constructor(livemode: boolean, nowMs: () => number) {
    this.livemode = livemode;
    this.nowMs = nowMs;
  }

  get now(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  add(prefix: string, object: string, fields: Record<string, unknown>): StripeObject {
    const id = `${prefix}_${this.livemode ? '' : 'test_'}${randomBytes(12).toString('hex')}`;
    const made: StripeObject = { id, object, created: this.now, livemode: this.livemode, ...fields };
    this.objects.set(id, made);
    return made;
  }

  get(id: string, object: string): StripeObject {
    const found = this.objects.get(id);
    if (found?.object !== object) throw missing(id);
    return found;
  }

  /** Of one kind, the newest first. */
  all(object: string): StripeObject[] {
    if (object === 'event') return this.events.toReversed();
    return [...this.objects.values()].filter((one) => one.object === object).toReversed();
  }

  /** Writes down that something happened to an object, with what it looked like then. */
  tell(type: string, about: StripeObject): FakeEvent {
    const id = `evt_${randomBytes(12).toString('hex')}`;
    const event: FakeEvent = {
      ...{ id, object: 'event', created: this.now, livemode: this.livemode, type, api_version: '2026-10-28.endive' },
      ...{
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        data: { object: structuredClone(about) },
      },
    };
    this.events.push(event);
    return event;
  }
}
