import type net from 'node:net';
import { readUntil } from './read-until.ts';
import type { TunnelRequest, TunnelUser } from './tunnel-request.ts';

/** Reads a CONNECT request off a connection; answers 407 itself where user and password are not those. */
export async function askedByConnect(
  client: net.Socket,
  user: TunnelUser | undefined,
): Promise<TunnelRequest | undefined> {
  const head = (
    await readUntil(client, (received) => {
      const end = received.indexOf('\r\n\r\n');
      return end < 0 ? undefined : end + 4;
    })
  ).toString('latin1');
  const answer = (status: number) => client.write(`HTTP/1.1 ${status} Test\r\n\r\n`);
  const expected = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const given = /^proxy-authorization: (.+)$/im.exec(head)?.[1]?.trim();
  if (given !== expected) {
    answer(407);
    client.destroySoon();
    return undefined;
  }
  const [, hostname = '', port = ''] = /^CONNECT \[?(.+?)\]?:(\d+) HTTP\/1\.1\r\n/.exec(head) ?? [];
  return {
    hostname,
    port: Number(port),
    grant: () => void answer(200),
    refuse(status) {
      answer(status);
      client.destroySoon();
    },
  };
}
