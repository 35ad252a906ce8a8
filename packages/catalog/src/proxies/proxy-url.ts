import { isPrivateHost } from '../base-url.ts';

export const proxySchemes = ['http', 'https', 'socks5'] as const;
export type ProxyScheme = (typeof proxySchemes)[number];

/** Where a proxy listens and what it wants to hear. */
export interface ProxyAddress {
  readonly scheme: ProxyScheme;
  /** IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export type ProxyUrlResult = { readonly url: string; readonly address: ProxyAddress } | { readonly problem: string };

const defaultPorts: Record<ProxyScheme, number> = { http: 80, https: 443, socks5: 1080 };
/** SOCKS5 says the length of a name and a password in one byte each (RFC 1929). */
const maxSocksBytes = 255;
const example = 'socks5://user:password@proxy.example.com:1080';

/**
 * Reads a proxy's URL: http, https or socks5 (socks5h is the same here: the proxy always resolves names), with or without user and
 * password, no path, query or fragment. The URL in the result has its port and its host as an address family writes it. Private
 * addresses written in it are refused unless allowed. No problem quotes the text, which may hold a password.
 */
export function readProxyUrl(text: string, allowPrivate: boolean): ProxyUrlResult {
  const [, written = '', authority = ''] = /^([a-z0-9]+):\/\/([^/?#\\\s]+)\/?$/i.exec(text.trim()) ?? [];
  const scheme = proxySchemes.find((known) => known === written.toLowerCase().replace(/^socks5h$/, 'socks5'));
  if (!scheme) return { problem: `expected an http, https or socks5 URL without path and query, such as ${example}` };
  const address = readAuthority(scheme, authority);
  if (!address) return { problem: `expected user, password, host and port as in ${example}` };
  if (Buffer.byteLength(address.username) > maxSocksBytes || Buffer.byteLength(address.password) > maxSocksBytes)
    return { problem: `expected a user name and a password of at most ${maxSocksBytes} bytes` };
  if (!allowPrivate && isPrivateHost(address.hostname))
    return { problem: 'expected a public address (allowPrivate: true says that a private one is meant)' };
  return { url: urlOf(address), address };
}

/** host:port, for showing. */
export function proxyHost({ hostname, port }: Pick<ProxyAddress, 'hostname' | 'port'>): string {
  return hostname.includes(':') ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

/** Reads the part behind the scheme by the rules for http, which write every spelling of an address in one way; undefined where it is none. */
function readAuthority(scheme: ProxyScheme, authority: string): ProxyAddress | undefined {
  if (!URL.canParse(`http://${authority}`)) return undefined;
  const url = new URL(`http://${authority}`);
  // A URL hides the default port of its scheme: what http hides, https shows.
  const port = url.port || new URL(`https://${authority}`).port;
  const username = decoded(url.username);
  const password = decoded(url.password);
  if (username === undefined || password === undefined || (password && !username) || port === '0') return undefined;
  // Basic authentication ends the name at the first colon.
  if (username.includes(':') && scheme !== 'socks5') return undefined;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return { scheme, hostname, port: port ? Number(port) : defaultPorts[scheme], username, password };
}

function decoded(text: string): string | undefined {
  try {
    const plain = decodeURIComponent(text);
    return /\p{Cc}/u.test(plain) ? undefined : plain;
  } catch {
    return undefined;
  }
}

function urlOf(address: ProxyAddress): string {
  const { scheme, username, password } = address;
  const user = username ? `${encodeURIComponent(username)}:${encodeURIComponent(password)}@` : '';
  return `${scheme}://${user}${proxyHost(address)}`;
}
