import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

export { Link } from './link.tsx';

/** Next's navigation, aware of the locale in the address. */
export const { getPathname, redirect, usePathname, useRouter } = createNavigation(routing);
