import net, { type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail that arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, as they were sent. */
  readonly raw: string;
}

/** An answer to one command: a line such as `550 no such user`, or the connection breaks (`hang up`). */
export type SmtpMishap = string;

export interface FakeSmtp {
  /** For SMTP_URL. */
  readonly url: string;
  /** In the order that they arrived. */
  readonly received: readonly ReceivedMail[];
  /** How many clients came. */
  readonly connections: number;
  /** The next `AUTH`, `MAIL`, `RCPT` or `DATA` goes wrong, each in its way; at `.` the mail has been taken already. */
  mishaps(command: string, ...list: SmtpMishap[]): void;
  stop(): Promise<void>;
}

/** A mail server on loopback that takes all mail and keeps it. It speaks plain SMTP with AUTH PLAIN. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const received: ReceivedMail[] = [];
  const mishaps: { command: string; mishap: SmtpMishap }[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const take = (command: string) => {
    const place = mishaps.findIndex((one) => one.command === command);
    return place < 0 ? undefined : mishaps.splice(place, 1)[0]?.mishap;
  };
  const server = net.createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    converse(socket, take, (mail) => received.push(mail)).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get connections() {
      return connections;
    },
    mishaps: (command, ...list) => void mishaps.push(...list.map((mishap) => ({ command, mishap }))),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function converse(
  socket: net.Socket,
  mishapOf: (command: string) => SmtpMishap | undefined,
  deliver: (mail: ReceivedMail) => void,
): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let envelope = { from: '', to: [] as string[] };
  let data: string[] | undefined;
  say('220 fake.example ESMTP');
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (data && line !== '.') {
      data.push(line.replace(/^\.\./, '.'));
      continue;
    }
    const command = data ? '.' : line.slice(0, 4).toUpperCase();
    if (data) {
      deliver({ ...envelope, raw: data.join('\r\n') });
      envelope = { from: '', to: [] };
      data = undefined;
    }
    const mishap = mishapOf(command);
    if (mishap === 'hang up') return void socket.destroy();
    if (!mishap && command === 'MAIL') envelope.from = addressIn(line);
    if (!mishap && command === 'RCPT') envelope.to.push(addressIn(line));
    if (!mishap && command === 'DATA') data = [];
    say(mishap ?? answers[command] ?? '250 ok');
    if (command === 'QUIT') return void socket.end();
  }
}

const answers: Readonly<Record<string, string>> = {
  EHLO: '250-fake.example\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  DATA: '354 go on',
  QUIT: '221 bye',
};

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';
