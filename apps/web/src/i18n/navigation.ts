import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

/** Next's navigation, aware of the locale in the address. */
export const { getPathname, Link, redirect, usePathname, useRouter } = createNavigation(routing);
