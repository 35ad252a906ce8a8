import { Link } from '#i18n/navigation.ts';
import { Mark } from '#ui/span.tsx';

export function Brand({ name, href }: { readonly name: string; readonly href: string }) {
  return (
    <Link href={href} className="flex min-h-9 items-center gap-2.5 font-semibold tracking-tight">
      <Mark className="size-6" />
      {name}
    </Link>
  );
}
