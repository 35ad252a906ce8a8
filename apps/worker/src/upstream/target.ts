import type { AuthStyle, ChannelSnapshot } from '@ai-bridge/catalog';

/** Where a channel's requests go: worked out once per channel, not per request. */
export interface Target {
  readonly origin: string;
  /** Path prefix of the base URL without a trailing slash. */
  readonly basePath: string;
  /** The base URL ends in a version segment (/v1, /v4), which takes the place of our own paths' /v1. */
  readonly baseHasVersion: boolean;
  readonly credentialHeader: string;
  readonly credentialValue: string | undefined;
}

const targets = new WeakMap<ChannelSnapshot, Target>();

export function targetOf(channel: ChannelSnapshot): Target {
  let target = targets.get(channel);
  if (!target) {
    const url = new URL(channel.baseUrl);
    const basePath = url.pathname.replace(/\/+$/, '');
    target = {
      origin: url.origin,
      basePath,
      baseHasVersion: /\/v\d+(beta)?$/.test(basePath),
      ...credentialOf(channel.authStyle, channel.credential),
    };
    targets.set(channel, target);
  }
  return target;
}

/** The path on the upstream for one of our paths, which begin with /v1. */
export function upstreamPath(target: Target, path: string): string {
  return target.basePath + (target.baseHasVersion ? path.replace(/^\/v1(?=\/)/, '') : path);
}

function credentialOf(style: AuthStyle, credential: string | undefined) {
  const credentialHeader = style === 'bearer' ? 'authorization' : style;
  const credentialValue = credential && style === 'bearer' ? `Bearer ${credential}` : credential;
  return { credentialHeader, credentialValue };
}
