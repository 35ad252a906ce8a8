import { RelayError } from '@ai-bridge/domain';
import { isAddressAllowed } from '../callers/address.ts';
import { presentedKey } from '../callers/presented-key.ts';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RelayDeps } from './deps.ts';

type Deps = Pick<RelayDeps, 'callers' | 'addressOf'>;

/**
 * Who is asking: from memory when the key was seen lately, else by one query.
 * @throws RelayError invalid_api_key, organization_suspended, address_not_allowed, ledger_unavailable (the key could not be looked up)
 */
export function authenticate(exchange: Exchange, deps: Deps): RelayCaller | Promise<RelayCaller> {
  const key = presentedKey(exchange.request.headers, exchange.queryKeys);
  const known = deps.callers.known(key);
  if (known === undefined) return lookUp(key, exchange, deps);
  return admitted(known, exchange, deps);
}

async function lookUp(key: string, exchange: Exchange, deps: Deps): Promise<RelayCaller> {
  let caller: RelayCaller | undefined;
  try {
    caller = await deps.callers.load(key);
  } catch (cause) {
    throw new RelayError('ledger_unavailable', { retryAfterSeconds: 2 }, cause);
  }
  return admitted(caller ?? null, exchange, deps);
}

function admitted(caller: RelayCaller | null, { request }: Exchange, { addressOf }: Deps): RelayCaller {
  if (!caller) throw new RelayError('invalid_api_key');
  if (caller.organizationSuspended) throw new RelayError('organization_suspended');
  // Asking a socket for its address is a system call.
  if (caller.allowedAddresses.length === 0) return caller;
  if (!isAddressAllowed(caller, addressOf(request))) throw new RelayError('address_not_allowed');
  return caller;
}
