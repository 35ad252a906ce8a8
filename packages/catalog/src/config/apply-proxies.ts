import type { PrismaSession } from '@ai-bridge/db';
import type { CatalogActor } from '../audit.ts';
import { proxySnapshot } from '../proxies/proxy-snapshot.ts';
import { readProxyUrl } from '../proxies/proxy-url.ts';
import { type ProxyRow, type ProxyUrl, removeProxy, writeProxy } from '../proxies/write-proxy.ts';
import { sealingPublicKey } from '../seal.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import type { ProxyConfig } from './egress-section.ts';
import type { CatalogConfig } from './sections.ts';

interface Options {
  readonly fileName: string;
  readonly sealingKey: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly actor: CatalogActor;
}

/**
 * Makes the file's proxies, takes those away that an earlier file made, and sees that every channel's pool has one. A proxy of the same
 * name that somebody else made becomes the file's.
 */
export async function applyProxies(
  session: PrismaSession,
  { egress = [], channels = [] }: Pick<CatalogConfig, 'egress' | 'channels'>,
  { fileName, sealingKey, env, actor }: Options,
): Promise<void> {
  const urls = readUrls(egress, env, fileName);
  const rows = new Map((await session.egressProxy.findMany()).map((row) => [row.name, row]));
  const own = new Set(egress.map(({ name }) => name));
  const left = [...rows.values()].filter(({ name, origin }) => !own.has(name) && origin !== 'config');
  refuseUnknownPools(channels, new Set([...egress, ...left].map(({ pool }) => pool)), fileName);
  for (const [index, { name, pool, allowPrivate, enabled }] of egress.entries()) {
    const row = rows.get(name);
    const url = urls[index] as ProxyUrl;
    const write = {
      columns: { name, pool, allowPrivate, enabled, origin: 'config' as const },
      url: row && storedUrl(row, sealingKey) === url.url ? undefined : url,
      sealingPublicKey: sealingPublicKey(sealingKey),
    };
    await writeProxy(session, row, write, actor);
    rows.delete(name);
  }
  for (const row of rows.values()) if (row.origin === 'config') await removeProxy(session, row, actor);
}

function storedUrl(row: ProxyRow, sealingKey: string): string | undefined {
  try {
    return proxySnapshot(row, sealingKey).url;
  } catch {
    return undefined;
  }
}

/** Each proxy's URL, in order. Throws ConfigError for every variable that is not set or holds no proxy's URL. */
function readUrls(proxies: readonly ProxyConfig[], env: Options['env'], fileName: string): (ProxyUrl | undefined)[] {
  const problems: ConfigProblem[] = [];
  const urls = proxies.map(({ url, urlEnv = '', allowPrivate }, index) => {
    const refuse = (message: string) => void problems.push({ path: `egress[${index}].urlEnv`, message });
    const text = url ?? env[urlEnv]?.trim();
    if (!text) return refuse(`expected the variable ${urlEnv} to be set`);
    const read = readProxyUrl(text, allowPrivate);
    return 'problem' in read ? refuse(`the variable ${urlEnv}: ${read.problem}`) : read;
  });
  if (problems.length > 0) throw new ConfigError(fileName, problems);
  return urls as (ProxyUrl | undefined)[];
}

function refuseUnknownPools(
  channels: readonly { readonly egressPool: string | null }[],
  pools: ReadonlySet<string>,
  fileName: string,
): void {
  const known = [...pools].sort().join(', ');
  const expected = known ? `expected one of ${known}` : 'expected a pool of the section egress, which has none';
  const problems = channels.flatMap(({ egressPool }, index) =>
    egressPool === null || pools.has(egressPool) ? [] : [{ path: `channels[${index}].egress`, message: expected }],
  );
  if (problems.length > 0) throw new ConfigError(fileName, problems);
}
