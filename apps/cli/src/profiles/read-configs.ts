import { type KeyKind, keyKinds } from '@ai-bridge/tool-setup';
import { isProvider, type Profile } from './profile.ts';

export interface GivenProfiles {
  readonly profiles: readonly Profile[];
  /** The one that the tool is set to. */
  readonly chosen: Profile;
}

/** Why a list of configurations cannot be taken. */
export class BadConfigs extends Error {
  readonly at: string;
  readonly reason: BadConfigReason;
  readonly given: string;
  constructor(at: string, reason: BadConfigReason, given = '') {
    super(`${at}: ${reason}`);
    this.at = at;
    this.reason = reason;
    this.given = given;
  }
}
export type BadConfigReason =
  | 'json'
  | 'list'
  | 'empty'
  | 'object'
  | 'text'
  | 'provider'
  | 'key'
  | 'type'
  | 'twice'
  | 'defaults';

/** The profiles of `--api-configs`: a list, or an object with `configs`. @throws BadConfigs */
export function readConfigs(text: string): GivenProfiles {
  const list = listOf(text);
  const entries = list.map((entry, at) => readEntry(entry, `configs[${at}]`));
  const profiles = entries.map(({ profile }) => profile);
  const names = profiles.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new BadConfigs(`configs[${names.lastIndexOf(twice)}].name`, 'twice', twice);
  const defaults = entries.filter(({ isDefault }) => isDefault);
  if (defaults.length > 1) throw new BadConfigs('configs', 'defaults');
  const chosen = (defaults[0] ?? entries[0])?.profile;
  if (!chosen) throw new BadConfigs('configs', 'empty');
  return { profiles, chosen };
}

function listOf(text: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BadConfigs('configs', 'json');
  }
  const list = isObject(content) ? content['configs'] : content;
  if (!Array.isArray(list)) throw new BadConfigs('configs', 'list');
  return list;
}

function readEntry(entry: unknown, at: string): { readonly profile: Profile; readonly isDefault: boolean } {
  if (!isObject(entry)) throw new BadConfigs(at, 'object');
  const text = (field: string) => {
    const value = entry[field];
    if (value === undefined || typeof value === 'string') return value?.trim() || undefined;
    throw new BadConfigs(`${at}.${field}`, 'text');
  };
  const provider = text('provider') ?? 'custom';
  if (!isProvider(provider)) throw new BadConfigs(`${at}.provider`, 'provider', provider);
  const key = text('key');
  if (key === undefined) throw new BadConfigs(`${at}.key`, 'key');
  const keyKind = text('type');
  if (keyKind !== undefined && !isKeyKind(keyKind)) throw new BadConfigs(`${at}.type`, 'type', keyKind);
  const profile: Profile = {
    ...{ name: text('name') ?? provider, provider, key, keyKind },
    ...{ url: text('url'), model: text('primaryModel'), fastModel: text('fastModel') },
  };
  return { profile, isDefault: entry['default'] === true };
}

export const isKeyKind = (text: string): text is KeyKind => (keyKinds as readonly string[]).includes(text);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
