import { isIP } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

export type BaseUrlResult = { readonly baseUrl: string } | { readonly problem: string };

/**
 * Reads a channel's base URL: http or https, no user, query or fragment, trailing slashes dropped. Private addresses
 * written in it are refused unless allowed; names that resolve to one are the worker's to refuse, at each connection.
 */
export function readBaseUrl(text: string, allowPrivate: boolean): BaseUrlResult {
  if (!URL.canParse(text)) return { problem: 'expected a URL such as https://api.example.com' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'expected an http or https URL' };
  if (url.username || url.password) return { problem: 'expected a URL without user name and password' };
  if (/[?#]/.test(text)) return { problem: 'expected a URL without query and fragment' };
  if (!allowPrivate && isPrivateHost(url.hostname))
    return { problem: 'expected a public address (allowPrivate: true says that a private one is meant)' };
  return { baseUrl: url.origin + url.pathname.replace(/\/+$/, '') };
}

/** Whether a URL's host is, as written, a private address or a name for this machine or network. */
export function isPrivateHost(hostname: string): boolean {
  // WHATWG URLs bracket IPv6, and have turned decimal, octal and hex IPv4 into four numbers already.
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return !host.includes('.') || /\.(?:localhost|local|internal|intranet|lan|home\.arpa)$/.test(host);
}
