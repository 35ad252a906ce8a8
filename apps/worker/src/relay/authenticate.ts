import { RelayError } from '@ai-bridge/domain';
import { isAddressAllowed } from '../callers/address.ts';
import type { CallerCache } from '../callers/caller-cache.ts';
import { presentedKey } from '../callers/presented-key.ts';
import type { RelayCaller } from '../callers/relay-caller.ts';
import type { Exchange } from '../http/exchange.ts';

/**
 * Who is asking: from memory when the key was seen lately, else by one query.
 * @throws RelayError invalid_api_key, organization_suspended, address_not_allowed, ledger_unavailable (the key could not be looked up)
 */
export function authenticate(exchange: Exchange, callers: CallerCache): RelayCaller | Promise<RelayCaller> {
  const key = presentedKey(exchange.request.headers, exchange.queryKeys);
  const known = callers.known(key);
  if (known === undefined) return lookUp(key, exchange, callers);
  return admitted(known, exchange);
}

async function lookUp(key: string, exchange: Exchange, callers: CallerCache): Promise<RelayCaller> {
  let caller: RelayCaller | undefined;
  try {
    caller = await callers.load(key);
  } catch (cause) {
    throw new RelayError('ledger_unavailable', { retryAfterSeconds: 2 }, cause);
  }
  return admitted(caller ?? null, exchange);
}

function admitted(caller: RelayCaller | null, exchange: Exchange): RelayCaller {
  if (!caller) throw new RelayError('invalid_api_key');
  if (caller.organizationSuspended) throw new RelayError('organization_suspended');
  // Asking a socket for its address is a system call.
  if (caller.allowedAddresses.length === 0) return caller;
  if (!isAddressAllowed(caller, exchange.request.socket.remoteAddress)) throw new RelayError('address_not_allowed');
  return caller;
}
