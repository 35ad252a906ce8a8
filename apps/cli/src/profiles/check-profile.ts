import type { Profile } from './profile.ts';

/** What is wrong with a profile before it is used; undefined for nothing. */
export type ProfileFault = 'key' | 'url' | 'no-url' | 'name';

export function faultOf({ name, provider, key, url }: Profile): ProfileFault | undefined {
  if (!isName(name)) return 'name';
  if (!isKey(key)) return 'key';
  if (url === undefined) return provider === 'ai-bridge' || provider === 'custom' ? 'no-url' : undefined;
  return isAddress(url) ? undefined : 'url';
}

/** It also names a provider in files of tools. */
export const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]*$/.test(text) && !(text in {});

/** What a header can carry. */
export const isKey = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

export function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
}
