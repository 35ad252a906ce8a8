import { accountRoutes } from './account-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { pricingRoutes } from './pricing-route.ts';
import type { ApiRoute } from './route.ts';
import { usageRoutes } from './usage-routes.ts';

/** Every route of the user API: what answers and what its document says are this one table. */
export const apiRoutes: readonly ApiRoute[] = [
  ...accountRoutes,
  ...keyRoutes,
  ...orderRoutes,
  ...usageRoutes,
  ...pricingRoutes,
];

export type FoundRoute =
  | { readonly route: ApiRoute; readonly params: Readonly<Record<string, string>> }
  /** The path is known, with other methods; none: it is not. */
  | { readonly allowed: readonly string[] };

/** The route of a request. @param path behind /api/user, as it was sent */
export function findRoute(method: string, path: string): FoundRoute {
  const segments = segmentsOf(path);
  const here = apiRoutes.flatMap((route) => {
    const params = segments && paramsOf(route.path.split('/').slice(1), segments);
    return params ? [{ route, params }] : [];
  });
  const found = here.find(({ route }) => route.method === method);
  return found ?? { allowed: [...new Set(here.map(({ route }) => route.method))] };
}

/** Undefined where what was sent is no path. */
function segmentsOf(path: string): readonly string[] | undefined {
  try {
    return path.replace(/\/$/, '').split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function paramsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) params[name] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
