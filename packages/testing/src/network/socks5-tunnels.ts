import type net from 'node:net';
import { readUntil } from './read-until.ts';
import type { TunnelRequest, TunnelUser } from './tunnel-request.ts';

const granted = 0;

/** Reads a SOCKS5 client's greeting, user and password (refused where they are not those) and request off a connection. */
export async function askedBySocks5(
  client: net.Socket,
  user: TunnelUser | undefined,
): Promise<TunnelRequest | undefined> {
  const greeting = await readUntil(client, (received) => 2 + (received[1] ?? 255));
  const method = user ? 2 : 0;
  const isOffered = greeting.subarray(2).includes(method);
  client.write(Buffer.from([5, isOffered ? method : 0xff]));
  if (!isOffered) return void client.destroySoon();
  if (user && !(await isKnown(client, user))) return undefined;
  const request = await readUntil(client, requestBytes);
  const reply = (code: number) => client.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
  return {
    hostname: hostnameOf(request),
    port: request.readUInt16BE(request.length - 2),
    grant: () => void reply(granted),
    refuse(code) {
      reply(code);
      client.destroySoon();
    },
  };
}

async function isKnown(client: net.Socket, user: TunnelUser): Promise<boolean> {
  const given = await readUntil(client, (received) => {
    const nameBytes = received[1];
    const passwordBytes = nameBytes === undefined ? undefined : received[2 + nameBytes];
    return nameBytes === undefined || passwordBytes === undefined ? undefined : 3 + nameBytes + passwordBytes;
  });
  const nameBytes = given[1] ?? 0;
  const name = given.toString('utf8', 2, 2 + nameBytes);
  const password = given.toString('utf8', 3 + nameBytes);
  const isRight = name === user.name && password === user.password;
  client.write(Buffer.from([1, isRight ? granted : 1]));
  if (!isRight) client.destroySoon();
  return isRight;
}

function requestBytes(received: Buffer): number | undefined {
  const [, , , kind, nameBytes] = received;
  if (kind === undefined || nameBytes === undefined) return undefined;
  return kind === 1 ? 10 : kind === 4 ? 22 : 7 + nameBytes;
}

function hostnameOf(request: Buffer): string {
  if (request[3] === 3) return request.toString('utf8', 5, request.length - 2);
  const address = request.subarray(4, request.length - 2);
  if (address.length === 4) return address.join('.');
  return (address.toString('hex').match(/.{4}/g) ?? []).join(':');
}
