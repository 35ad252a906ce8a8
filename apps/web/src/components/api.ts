import { createTRPCReact } from '@trpc/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/root.ts';

/** The console's own API, as hooks. */
export const api = createTRPCReact<AppRouter>();

export type ApiOutput = inferRouterOutputs<AppRouter>;
