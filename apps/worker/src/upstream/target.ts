import type { AuthStyle, ChannelSnapshot } from '@ai-bridge/catalog';

/** Where a channel's requests go: worked out once per channel, not per request. */
export interface Target {
  readonly origin: string;
  /** Path prefix of the base URL without a trailing slash. */
  readonly basePath: string;
  /** The base URL ends in a version segment (/v1, /v4, /v1beta), which takes the place of our own paths'. */
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
      baseHasVersion: /\/v\d+((alpha|beta)\d*)?$/.test(basePath),
      ...credentialOf(channel.authStyle, channel.credential),
    };
    targets.set(channel, target);
  }
  return target;
}

/**
 * The path on the upstream for one of our endpoints, which begin with /v1 or /v1beta.
 *
 * @param model the channel's own id, for endpoints with `{model}` in their path
 */
export function upstreamPath(target: Target, endpoint: string, model: string): string {
  const path = target.baseHasVersion ? endpoint.replace(/^\/v1(beta)?(?=\/)/, '') : endpoint;
  return target.basePath + (path.includes('{model}') ? path.replace('{model}', () => inPath(model)) : path);
}

/** Vendors' ids may have slashes, which stay path segments. */
function inPath(model: string): string {
  return model.split('/').map(encodeURIComponent).join('/');
}

function credentialOf(style: AuthStyle, credential: string | undefined) {
  const credentialHeader = style === 'bearer' ? 'authorization' : style;
  const credentialValue = credential && style === 'bearer' ? `Bearer ${credential}` : credential;
  return { credentialHeader, credentialValue };
}
