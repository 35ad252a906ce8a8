import { Link } from '#i18n/navigation.ts';

export interface BackLinkProps {
  readonly href: string;
  readonly onFollow?: () => void;
  readonly children: string;
}

/** Leads from a record's page to where such records are listed. */
export function BackLink({ href, onFollow, children }: BackLinkProps) {
  return (
    <p className="mb-3 text-small">
      <Link
        href={href}
        {...(onFollow && { onClick: onFollow })}
        className="inline-flex min-h-7 items-center text-ink-soft underline-offset-4 hover:text-ink hover:underline max-sm:min-h-11"
      >
        {`← ${children}`}
      </Link>
    </p>
  );
}
