import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import { readBodyError } from '@ai-bridge/protocol';
import type { Dispatcher } from 'undici';
import type { Exchange } from '../http/exchange.ts';
import { requestIdLines } from '../http/respond.ts';
import { type HeaderLines, headerLine } from '../http1/header-lines.ts';
import { isClientFault } from '../relay/failure.ts';
import { readBounded } from '../upstream/read-bounded.ts';
import { responseLines } from '../upstream/response-headers.ts';

/** Answers that make an object are held until it is pinned; none is this long. */
export const maxHeldBytes = 1024 * 1024;

/** Our own account's troubles are none of the client's business; what it did wrong itself is. */
export async function refuse(answer: Dispatcher.ResponseData, channel: ChannelSnapshot): Promise<never> {
  if (!isClientFault(answer.statusCode)) {
    // Whatever it has to say, and be it broken off.
    await answer.body.dump().catch(() => {});
    if (answer.statusCode === 404) throw new RelayError('not_found');
    throw new RelayError('overloaded', { retryAfterSeconds: 1 });
  }
  const body = await readBounded(answer, maxHeldBytes);
  const told = readBodyError('openai-chat', answer.statusCode, body)?.message;
  const reason = told ?? `the upstream answered ${answer.statusCode}`;
  throw new RelayError('invalid_request', {
    reason: channel.credential ? reason.replaceAll(channel.credential, '[removed]') : reason,
  });
}

/** The head of an upstream's answer as the client sees it. */
export function headLines(exchange: Exchange, answer: Dispatcher.ResponseData, channel: ChannelSnapshot): HeaderLines {
  const who = headerLine('x-bridge-provider', channel.provider);
  const how = 'x-bridge-attempts: 1\r\nx-bridge-converted: 0\r\n';
  return requestIdLines(exchange) + who + how + responseLines(answer.headers);
}
