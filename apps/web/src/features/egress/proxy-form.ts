import type { ListedProxy } from './pools.ts';

/** What the form holds: text as typed. */
export interface ProxyForm {
  readonly name: string;
  readonly pool: string;
  /** Empty keeps the one that is stored. */
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly enabled: boolean;
}

export const defaultPool = 'default';

export function proxyFormOf(proxy: ListedProxy | undefined): ProxyForm {
  if (!proxy) return { name: '', pool: defaultPool, url: '', allowPrivate: false, enabled: true };
  const { name, pool, allowPrivate, enabled } = proxy;
  return { name, pool, url: '', allowPrivate, enabled };
}

/** The form as the input of egress.create and egress.update. */
export function proxyInput({ name, pool, url, allowPrivate, enabled }: ProxyForm) {
  return {
    name: name.trim(),
    pool: pool.trim() || defaultPool,
    ...(url.trim() !== '' && { url: url.trim() }),
    allowPrivate,
    enabled,
  };
}
