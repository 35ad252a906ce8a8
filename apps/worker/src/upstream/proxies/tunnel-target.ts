/** What a tunnel leads to. */
export interface TunnelTarget {
  /** As the URL has it: a name, which the proxy resolves, or an address without brackets. */
  readonly hostname: string;
  readonly port: number;
}

/** Where the tunnels to an origin (scheme, host, port) lead. */
export function targetOfOrigin(origin: string): TunnelTarget {
  const { hostname, port, protocol } = new URL(origin);
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port: port ? Number(port) : protocol === 'https:' ? 443 : 80 };
}
