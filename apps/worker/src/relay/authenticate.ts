import type { Caller } from '@ai-bridge/access/callers';
import { RelayError } from '@ai-bridge/domain';
import { isAddressAllowed } from '../callers/address.ts';
import type { CallerCache } from '../callers/caller-cache.ts';
import { presentedKey } from '../callers/presented-key.ts';
import type { Exchange } from '../http/exchange.ts';

/**
 * Who is asking: from memory when the key was seen lately, else by one query.
 * @throws RelayError invalid_api_key, organization_suspended, address_not_allowed, ledger_unavailable (the key could not be looked up)
 */
export function authenticate(exchange: Exchange, callers: CallerCache): Caller | Promise<Caller> {
  const key = presentedKey(exchange.request.headers, exchange.queryKeys);
  const known = callers.known(key);
  if (known === undefined) return lookUp(key, exchange, callers);
  return admitted(known, exchange);
}

async function lookUp(key: string, exchange: Exchange, callers: CallerCache): Promise<Caller> {
  let caller: Caller | undefined;
  try {
    caller = await callers.load(key);
  } catch (cause) {
    throw new RelayError('ledger_unavailable', { retryAfterSeconds: 2 }, cause);
  }
  return admitted(caller ?? null, exchange);
}

function admitted(caller: Caller | null, exchange: Exchange): Caller {
  if (!caller) throw new RelayError('invalid_api_key');
  if (caller.organizationSuspended) throw new RelayError('organization_suspended');
  // Asking a socket for its address is a system call.
  if (caller.allowedAddresses.length === 0) return caller;
  if (!isAddressAllowed(caller, exchange.request.socket.remoteAddress)) throw new RelayError('address_not_allowed');
  return caller;
}
