/** Where the site's header leads, by the name of its text in `shell`. */
export const headerLinks = [
  { href: '/pricing', name: 'pricing' },
  { href: '/models', name: 'models' },
  { href: '/docs', name: 'docs' },
  { href: '/status', name: 'status' },
] as const;

/** Where its foot leads besides. */
export const footLinks = [
  { href: '/announcements', name: 'announcements' },
  { href: '/terms', name: 'terms' },
  { href: '/privacy', name: 'privacy' },
] as const;
