import type { RequestHead } from '@ai-bridge/protocol';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RelayRoute } from '../http/routes.ts';
import type { Form } from './form.ts';
import type { RoutePlan } from './route-plan.ts';

/** A request that was understood, with its way and its price: what the later stages work on. */
export interface PlannedRequest {
  readonly exchange: Exchange;
  readonly route: RelayRoute;
  readonly caller: RelayCaller;
  readonly head: RequestHead;
  readonly body: Buffer;
  /** Set where the body is a form instead of JSON. */
  readonly form: Form | undefined;
  readonly plan: RoutePlan;
}
