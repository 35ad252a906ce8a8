import { newId } from '@ai-bridge/domain';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#server/auth.ts';
import { clientAddress } from '#server/client-address.ts';
import { composition } from '#server/deps.ts';
import { authCookies } from '#server/session-cookie.ts';

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>;
}

function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  const { deps, site } = composition();
  const place = {
    requestId: newId('req'),
    address: clientAddress(request.headers.get('x-forwarded-for')),
    userAgent: request.headers.get('user-agent') ?? undefined,
    callbackUrl: request.cookies.get(authCookies(site.secureCookies).callbackUrl.name)?.value,
  };
  return NextAuth(request, context, authOptions(deps, site, place));
}

export { handle as GET, handle as POST };
