import { z } from 'zod';

/** Who made a proxy: a config file or a person. */
export type ProxyOrigin = 'config' | 'console';

export const defaultPool = 'default';

/** A proxy is named in metrics and logs, so that its name stays on one line and needs no quoting. */
export const proxyNameSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u, { error: 'expected 1 to 64 letters, digits, spaces, dots, - and _' });

export const poolSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, { error: 'expected 1 to 32 of a-z, 0-9, dot, - and _' });

/** A proxy's columns, apart from its id, its URL and what is read from that, and its dates. */
export interface ProxyColumns {
  readonly name: string;
  readonly pool: string;
  readonly allowPrivate: boolean;
  readonly enabled: boolean;
  readonly origin: ProxyOrigin;
}
