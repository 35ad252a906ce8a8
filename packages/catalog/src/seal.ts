import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * Credentials are sealed to a public key, so that who only seals (the console) cannot open. Each seal has an ephemeral
 * X25519 key of its own; HKDF makes the AES-256-GCM key from the agreement. What a seal is for (the id of the channel or
 * of the customer's own key, and the origin it may be sent to; or the proxy's id and host) is authenticated with it: moved to another row, or with the row pointed at another
 * host, it does not open.
 *
 * v1.<ephemeral public key>.<nonce>.<ciphertext>.<tag>, each base64url
 */
export type SealContext = ChannelContext | OwnKeyContext | ProxyContext;

interface ChannelContext {
  readonly channelId: string;
  /** Only its origin counts, so that a path may be corrected. */
  readonly baseUrl: string;
}

interface OwnKeyContext {
  readonly ownKeyId: string;
  /** The provider's; only its origin counts. */
  readonly baseUrl: string;
}

interface ProxyContext {
  readonly proxyId: string;
  /** host:port */
  readonly host: string;
}

/** A seal that does not open: wrong key, other row, other origin, or tampered with. Deliberately says no more. */
export class SealError extends Error {
  override readonly name = 'SealError';
  constructor() {
    super('the sealed credential does not open');
  }
}

const minSecretLength = 32;
const version = 'v1';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
// What DER puts before the bytes of an X25519 private key.
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The private half, derived from BRIDGE_SEALING_KEY (any text of 32 characters or more). Throws when it is shorter. */
function privateKeyOf(sealingKey: string): KeyObject {
  if (sealingKey.length < minSecretLength)
    throw new Error(`BRIDGE_SEALING_KEY: expected at least ${minSecretLength} characters`);
  const seed = Buffer.from(hkdfSync('sha256', sealingKey, '', 'ai-bridge sealing key v1', keyBytes));
  return privateKeyFrom(seed);
}

/**
 * Any 32 bytes are an X25519 private key (RFC 7748, 5). Keys are not made by generateKeyPairSync: until its job is collected it shares a
 * lock with the key, and a collection that happens while the key is exported waits for that lock for ever (seen with Node 20).
 */
function privateKeyFrom(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
}

/** The half of BRIDGE_SEALING_KEY that can seal and not open, base64url. */
export function sealingPublicKey(sealingKey: string): string {
  return rawPublicKey(createPublicKey(privateKeyOf(sealingKey)));
}

/** Seals a credential for one channel, or a URL for one proxy. Anyone who has the public key can. */
export function sealCredential(publicKey: string, context: SealContext, credential: string): string {
  const recipient = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey }, format: 'jwk' });
  const ephemeral = privateKeyFrom(randomBytes(keyBytes));
  const ephemeralPublic = rawPublicKey(createPublicKey(ephemeral));
  const secret = diffieHellman({ privateKey: ephemeral, publicKey: recipient });
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', contentKey(secret, ephemeralPublic, publicKey), nonce);
  cipher.setAAD(bound(context));
  const text = Buffer.concat([cipher.update(credential, 'utf8'), cipher.final()]);
  return [version, ephemeralPublic, base64(nonce), base64(text), base64(cipher.getAuthTag())].join('.');
}

/** Opens a seal made for this row at this origin or host. Throws SealError. */
export function openCredential(sealingKey: string, context: SealContext, sealed: string): string {
  const privateKey = privateKeyOf(sealingKey);
  const [mark, ephemeralPublic = '', nonce = '', text = '', tag = '', ...rest] = sealed.split('.');
  if (mark !== version || rest.length > 0) throw new SealError();
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeralPublic }, format: 'jwk' });
    const secret = diffieHellman({ privateKey, publicKey });
    const key = contentKey(secret, ephemeralPublic, rawPublicKey(createPublicKey(privateKey)));
    const options = { authTagLength: tagBytes };
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), options);
    decipher.setAAD(bound(context));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    throw new SealError();
  }
}

function contentKey(secret: Buffer, ephemeralPublic: string, recipientPublic: string): Buffer {
  const salt = `${ephemeralPublic}.${recipientPublic}`;
  return Buffer.from(hkdfSync('sha256', secret, salt, 'ai-bridge credential v1', keyBytes));
}

function bound(context: SealContext): Buffer {
  if ('proxyId' in context) return Buffer.from(`proxy\0${context.proxyId}\0${context.host}`);
  const { origin } = new URL(context.baseUrl);
  if ('ownKeyId' in context) return Buffer.from(`own_key\0${context.ownKeyId}\0${origin}`);
  return Buffer.from(`channel\0${context.channelId}\0${origin}`);
}

function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new Error('not an X25519 key');
  return x;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64url');
}
