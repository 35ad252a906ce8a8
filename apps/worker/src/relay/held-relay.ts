import { maintenanceOf, secondsToComeBack } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RelayDeps } from './deps.ts';
import { staffMay } from './staff-may.ts';

/**
 * Lets a request in, or refuses it where the relay is held for maintenance. Nothing is written down of a request that is refused here: what
 * is worked on may be the very database. Keys of staff who may try the relay go through.
 * @throws RelayError maintenance
 */
export function refuseWhileHeld(exchange: Pick<Exchange, 'isHeld'>, caller: RelayCaller, deps: HeldDeps): void {
  const { catalog, clock } = deps;
  const { settings } = catalog();
  if (settings.maintenance !== 'consoleAndRelay') return;
  const now = new Date(clock.now());
  const maintenance = maintenanceOf(settings, now);
  if (!maintenance?.holdsRelay || staffMay(caller, settings, 'heldRelay.use')) return;
  exchange.isHeld = true;
  const { text: notice, until } = maintenance;
  const retryAfterSeconds = secondsToComeBack(maintenance, now);
  throw new RelayError('maintenance', { notice, retryAfterSeconds, ...(until && { until }) });
}

type HeldDeps = Pick<RelayDeps, 'catalog' | 'clock'>;
