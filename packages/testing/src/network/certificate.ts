import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate that signs itself, good for TLS on loopback; whoever trusts it as an authority trusts the server. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const sequence = 0x30;
const set = 0x31;
/** SEQUENCE { OID ecdsa-with-SHA256 } */
const ecdsaWithSha256 = hex('300a06082a8648ce3d040302');

/** Makes one for these names, valid from an hour ago for a day. */
export function makeCertificate(names: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const name = der(sequence, der(set, der(sequence, oid('550403'), der(0x0c, Buffer.from(names[0] ?? 'test')))));
  const body = der(
    sequence,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    name,
    der(sequence, time(-3_600_000), time(86_400_000)),
    name,
    publicKey,
    der(0xa3, der(sequence, isAuthority(), forNames(names))),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const whole = der(sequence, body, ecdsaWithSha256, signature);
  const lines = whole
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    key: privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function isAuthority(): Buffer {
  return der(sequence, oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, der(sequence, der(0x01, hex('ff')))));
}

function forNames(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    /^[\d.]+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  return der(sequence, oid('551d11'), der(0x04, der(sequence, ...entries)));
}

function oid(bytes: string): Buffer {
  return der(0x06, hex(bytes));
}

function time(fromNowMs: number): Buffer {
  const text = new Date(Date.now() + fromNowMs)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
    .slice(2);
  return der(0x17, Buffer.from(text));
}

/** Tag, length and content, as DER writes everything. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
