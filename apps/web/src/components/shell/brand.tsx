'use client';

import { Link } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';
import { Mark } from '#ui/span.tsx';
import { useSite } from '../site.tsx';

export interface BrandProps {
  readonly name: string;
  readonly href: string;
  /** On a phone the mark stands alone, where more has to fit beside it. */
  readonly isTight?: boolean;
}

/** The site's name with its logo, or with the product's mark. */
export function Brand({ name, href, isTight = false }: BrandProps) {
  const { logo } = useSite();
  return (
    <Link
      href={href}
      className={classNames(
        'flex min-h-9 items-center gap-2.5 font-semibold tracking-tight',
        isTight ? 'max-sm:min-h-11 max-sm:min-w-11' : 'min-w-0',
      )}
    >
      {logo === null ? <Mark className="size-6 shrink-0" /> : <Logo src={logo} />}
      <span className={classNames('truncate', isTight && 'max-sm:sr-only')}>{name}</span>
    </Link>
  );
}

/** The name beside it says what it is. */
function Logo({ src }: { readonly src: string }) {
  // biome-ignore lint/performance/noImgElement: a small picture of this origin's own, at its final size
  return <img src={src} alt="" width={24} height={24} className="size-6 shrink-0 object-contain" />;
}
