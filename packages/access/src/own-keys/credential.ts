import type { OwnKeyPreset } from '@ai-bridge/domain';
import { AccessError } from '../access-error.ts';

export const minCredentialLength = 8;
export const maxCredentialLength = 512;
const printable = /^[\x21-\x7e]+$/;

/** What keys of known vendors begin with, the longer words first. What begins otherwise may be anybody's. */
const prefixes: readonly (readonly [prefix: string, vendor: string])[] = [
  ['sk-ant-', 'anthropic'],
  ['sk-or-', 'openrouter'],
  ['sk-', 'openai'],
  ['AIza', 'gemini'],
  ['gsk_', 'groq'],
  ['xai-', 'xai'],
];

/**
 * A customer's own credential as it was pasted, trimmed. Errors never quote it.
 * @throws AccessError own_key_malformed, own_key_is_relay_key, own_key_other_provider
 */
export function readOwnCredential(preset: OwnKeyPreset, pasted: string): string {
  const credential = pasted.trim();
  const { length } = credential;
  if (length < minCredentialLength || length > maxCredentialLength || !printable.test(credential)) {
    const expected = `expected ${minCredentialLength} to ${maxCredentialLength} printable characters without spaces`;
    throw new AccessError('own_key_malformed', expected, 'credential');
  }
  if (credential.startsWith('ab-'))
    throw new AccessError('own_key_is_relay_key', "expected the provider's key, not one of this relay", 'credential');
  const vendor = prefixes.find(([prefix]) => credential.startsWith(prefix))?.[1];
  if (vendor !== undefined && vendor !== preset)
    throw new AccessError('own_key_other_provider', `expected a key of ${preset}, not of ${vendor}`, 'credential');
  return credential;
}
