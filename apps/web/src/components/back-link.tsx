import { Link } from '#i18n/navigation.ts';

/** Leads from a record's page to where such records are listed. */
export function BackLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <p className="mb-3 text-small">
      <Link
        href={href}
        className="inline-flex min-h-7 items-center text-ink-soft underline-offset-4 hover:text-ink hover:underline max-sm:min-h-11"
      >
        {`← ${children}`}
      </Link>
    </p>
  );
}
