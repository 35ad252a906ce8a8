import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#server/auth.ts';
import { composition } from '#server/deps.ts';

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>;
}

function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  const { deps, site } = composition();
  return NextAuth(request, context, authOptions(deps, site));
}

export { handle as GET, handle as POST };
