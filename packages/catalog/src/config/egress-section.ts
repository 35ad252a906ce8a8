import { z } from 'zod';
import { defaultPool, poolSchema, proxyNameSchema } from '../proxies/columns.ts';
import { readProxyUrl } from '../proxies/proxy-url.ts';

/** One entry of `egress`: a proxy that channels may go out through. Its URL is checked where it stands; one in a variable when that is read. */
export const proxySchema = z
  .strictObject({
    name: proxyNameSchema,
    pool: poolSchema.optional(),
    url: z.string().min(1).optional(),
    urlEnv: z.string().min(1).optional(),
    allowPrivate: z.boolean().optional(),
    enabled: z.boolean().optional(),
  })
  .transform((proxy, context) => {
    const refuse = (path: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message });
      return z.NEVER;
    };
    const { url, urlEnv } = proxy;
    const allowPrivate = proxy.allowPrivate ?? false;
    if (url !== undefined && urlEnv !== undefined) return refuse('urlEnv', 'expected either url or urlEnv');
    if (url === undefined && urlEnv === undefined)
      return refuse('url', 'expected a URL (or urlEnv: the name of a variable with it)');
    const read = url === undefined ? undefined : readProxyUrl(url, allowPrivate);
    if (read && 'problem' in read) return refuse('url', read.problem);
    return {
      name: proxy.name,
      pool: proxy.pool ?? defaultPool,
      url,
      urlEnv,
      allowPrivate,
      enabled: proxy.enabled ?? true,
    };
  });

export type ProxyConfig = z.output<typeof proxySchema>;
