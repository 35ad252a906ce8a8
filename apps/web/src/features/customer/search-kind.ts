/** What somebody of the staff pasted or typed to find a customer. */
export interface SearchWish {
  readonly kind: 'request' | 'payment' | 'key' | 'person' | 'organization' | 'email' | 'beginning';
  /** As it is looked for. */
  readonly text: string;
}

export const maxSearchLength = 254;
/** What is shown of a key, mark and public id: the rest is secret, and goes nowhere. */
export const shownKeyLength = 13;

const keyMark = 'ab-';
const idForm = /^[\w-]{4,128}$/;
/** Ids of ours by the word before the underscore. */
const ownKinds = {
  req: 'request',
  ord: 'payment',
  rfd: 'payment',
  key: 'key',
  usr: 'person',
  org: 'organization',
} as const;
/** Stripe's and the sandbox's words for sessions, payments, refunds and disputes. */
const paymentWords = ['cs', 'pi', 're', 'pyr', 'dp', 'du', 'sandbox'];

/** What a text can mean, by its shape alone; undefined where it is nothing to look for. */
export function readSearch(typed: string): SearchWish | undefined {
  const text = withoutSecret(typed).slice(0, maxSearchLength);
  if (text === '') return undefined;
  if (text.startsWith(keyMark)) return { kind: 'key', text };
  const word = text.split('_', 1)[0] ?? '';
  if (word !== text && idForm.test(text)) {
    if (Object.hasOwn(ownKinds, word)) return { kind: ownKinds[word as keyof typeof ownKinds], text };
    if (paymentWords.includes(word)) return { kind: 'payment', text };
  }
  return { kind: text.includes('@') ? 'email' : 'beginning', text: text.toLowerCase() };
}

/** What may be sent and stand in an address: of a key no more than is shown of it. */
export function withoutSecret(typed: string): string {
  const text = typed.trim();
  return text.startsWith(keyMark) ? (text.slice(0, shownKeyLength).split(/[…\s]/, 1)[0] ?? '') : text;
}
