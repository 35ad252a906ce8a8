import type { Permission } from '@ai-bridge/access';

/** Where the palette is opened: the public site, the console, the staff's pages. */
export type PaletteArea = 'site' | 'console' | 'admin';

export interface PalettePage {
  readonly href: string;
  /** Of its text in `palette.page`. */
  readonly name: string;
  /** The areas that it is listed in. */
  readonly areas: readonly PaletteArea[];
  /** One of these is needed where any are named. */
  readonly anyOf?: readonly Permission[];
}

const everywhere = ['site', 'console', 'admin'] as const;
const inside = ['console', 'admin'] as const;
const admin = ['admin'] as const;

/** Every page that can be named without an id. */
export const palettePages = [
  { href: '/', name: 'home', areas: everywhere },
  { href: '/pricing', name: 'pricing', areas: everywhere },
  { href: '/models', name: 'models', areas: everywhere },
  { href: '/docs', name: 'docs', areas: everywhere },
  { href: '/status', name: 'status', areas: everywhere },
  { href: '/terms', name: 'terms', areas: ['site'] },
  { href: '/privacy', name: 'privacy', areas: ['site'] },
  { href: '/console', name: 'console', areas: everywhere },
  { href: '/console/keys', name: 'keys', areas: inside },
  { href: '/console/playground', name: 'playground', areas: ['console'], anyOf: ['playground.use'] },
  { href: '/console/usage', name: 'usage', areas: inside },
  { href: '/console/plans', name: 'plans', areas: inside, anyOf: ['order.create'] },
  { href: '/console/orders', name: 'orders', areas: ['console'], anyOf: ['order.read'] },
  { href: '/console/team', name: 'team', areas: inside },
  { href: '/console/settings', name: 'settings', areas: inside },
  { href: '/console/settings/own-keys', name: 'ownKeys', areas: inside },
  { href: '/admin', name: 'admin', areas: admin },
  { href: '/admin/search', name: 'customerSearch', areas: admin, anyOf: ['organization.read'] },
  { href: '/admin/customers', name: 'customers', areas: admin, anyOf: ['organization.read'] },
  { href: '/admin/users', name: 'users', areas: admin, anyOf: ['user.read'] },
  { href: '/admin/operations', name: 'operations', areas: admin, anyOf: ['system.read'] },
  { href: '/admin/welcome', name: 'welcome', areas: admin, anyOf: ['setting.manage'] },
  { href: '/admin/channels', name: 'channels', areas: admin, anyOf: ['channel.read'] },
  { href: '/admin/groups', name: 'groups', areas: admin, anyOf: ['group.read'] },
  { href: '/admin/egress', name: 'egress', areas: admin, anyOf: ['channel.read'] },
  { href: '/admin/requests', name: 'requests', areas: admin, anyOf: ['receipt.read', 'channel.read'] },
  { href: '/admin/orders', name: 'allOrders', areas: admin, anyOf: ['order.read'] },
  { href: '/admin/refunds', name: 'refunds', areas: admin, anyOf: ['order.read'] },
  { href: '/admin/replies', name: 'replies', areas: admin, anyOf: ['reply.read'] },
  { href: '/admin/plans', name: 'planDesk', areas: admin, anyOf: ['plan.read'] },
  { href: '/admin/codes', name: 'codes', areas: admin, anyOf: ['credit.read'] },
  { href: '/admin/reconciliation', name: 'reconciliation', areas: admin, anyOf: ['reconciliation.read'] },
  { href: '/admin/kit', name: 'kit', areas: admin },
] as const satisfies readonly PalettePage[];

export type PageName = (typeof palettePages)[number]['name'];

/** The pages to offer: those of this area that the reader's permissions open. */
export function pagesFor(
  area: PaletteArea,
  granted: readonly Permission[],
): readonly { href: string; name: PageName }[] {
  const pages: readonly (PalettePage & { readonly name: PageName })[] = palettePages;
  return pages.filter(
    ({ areas, anyOf }) => areas.includes(area) && (!anyOf || anyOf.some((permission) => granted.includes(permission))),
  );
}
