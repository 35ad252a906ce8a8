/**
 * The content security policy of a page. Scripts run only with this response's nonce; nothing is fetched from anyone
 * else but the site's own worker, which the playground and the test of a new key call (docs/decisions/0027). Style attributes are allowed because charts and floating panels are placed by them.
 */
export function contentPolicy(
  nonce: string,
  options: { readonly development: boolean; readonly https: boolean; readonly workerOrigin: string },
): string {
  const { development, https, workerOrigin } = options;
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src-elem 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${workerOrigin}${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (https) directives.push('upgrade-insecure-requests');
  return directives.join('; ');
}

/** What answers that are no pages may do where a browser shows them as one: nothing. */
export const emptyPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

interface Header {
  readonly key: string;
  readonly value: string;
}

/** Headers of every answer of the web app: pages, calls, files, errors. */
export const securityHeaders: readonly Header[] = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  {
    key: 'permissions-policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'cross-origin-resource-policy', value: 'same-origin' },
];

/** On https in addition. */
export const transportSecurity: Header = {
  key: 'strict-transport-security',
  value: 'max-age=31536000; includeSubDomains',
};
