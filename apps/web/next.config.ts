import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMDX } from 'fumadocs-mdx/next';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { emptyPolicy, securityHeaders, transportSecurity } from './src/server/content-policy.ts';

const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where a package's module lies, as Turbopack wants its aliases: relative to this folder, with slashes. */
function fromHere(module: string): string {
  const file = path.relative(import.meta.dirname, createRequire(import.meta.url).resolve(module));
  return `./${file.split(path.sep).join('/')}`;
}

const config: NextConfig = {
  // The workspace packages are TypeScript sources.
  transpilePackages: [
    '@ai-bridge/access',
    '@ai-bridge/billing',
    '@ai-bridge/catalog',
    '@ai-bridge/db',
    '@ai-bridge/domain',
    '@ai-bridge/ledger',
    '@ai-bridge/mail',
    '@ai-bridge/tool-setup',
    '@ai-bridge/usage',
  ],
  serverExternalPackages: ['pg', 'pdfkit', '@node-rs/argon2', 'nodemailer'],
  turbopack: {
    root: repositoryRoot,
    // Messages come compiled (src/i18n/compiled-messages.ts): no browser loads a parser for them.
    resolveAlias: { 'use-intl/format-message': fromHere('use-intl/format-message/format-only') },
  },
  // Else the proxy sees every loopback address as "localhost", and the locale's rewrite of a server that listens on
  // 127.0.0.1 counts as one to a foreign host, which Next answers by asking itself in circles.
  skipProxyUrlNormalize: true,
  // A webhook that is sent to its address with a slash behind is answered there; pages are put right by the proxy.
  skipTrailingSlashRedirect: true,
  images: { unoptimized: true },
  poweredByHeader: false,
  // By server.mjs, which can Brotli.
  compress: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // Also on what the proxy never sees: files, and answers that Next makes by itself.
  headers: async () => [
    { source: '/:path*', headers: [...securityHeaders] },
    {
      source: '/:path*',
      has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
      headers: [transportSecurity],
    },
    {
      source: '/:file(.*\\.(?:svg|png|ico|txt|webmanifest|tgz))',
      headers: [{ key: 'content-security-policy', value: emptyPolicy }],
    },
    { source: '/(api|_next)/:path*', headers: [{ key: 'content-security-policy', value: emptyPolicy }] },
  ],
  // Types are a check of their own (npm test), so that a start never waits for them.
  typescript: { ignoreBuildErrors: true },
};

const withDocs = createMDX({ index: false });

export default withDocs(createNextIntlPlugin('./src/i18n/request.ts')(config));
