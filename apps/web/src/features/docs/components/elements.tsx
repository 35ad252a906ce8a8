import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';

interface HeadingProps {
  readonly level: 2 | 3;
  readonly id?: string | undefined;
  readonly children?: ReactNode;
}

/** A heading with an address of its own. */
export function Heading({ level, id, children }: HeadingProps) {
  const Tag = `h${level}` as const;
  const look = level === 2 ? 'mt-6 text-title font-semibold tracking-tight' : 'mt-4 text-lead font-semibold';
  return (
    <Tag id={id} className={`group scroll-mt-4 ${look}`}>
      {id === undefined ? (
        children
      ) : (
        <a href={`#${id}`} className="hover:underline hover:decoration-rule-strong hover:underline-offset-4">
          {children}
        </a>
      )}
    </Tag>
  );
}

/** A link: within the site it keeps the language. */
export function Anchor({ href = '', children }: ComponentProps<'a'>) {
  if (href.startsWith('/')) {
    return (
      <Link href={href} className={linkClass}>
        {children}
      </Link>
    );
  }
  return (
    <a href={href} className={linkClass} rel={href.startsWith('#') ? undefined : 'noreferrer'}>
      {children}
    </a>
  );
}

export function BulletList({ children }: { readonly children?: ReactNode }) {
  return <ul className="flex list-disc flex-col gap-1.5 pl-5 marker:text-ink-faint">{children}</ul>;
}

export function NumberedList({ children }: { readonly children?: ReactNode }) {
  return <ol className="flex list-decimal flex-col gap-1.5 pl-5 marker:text-ink-faint">{children}</ol>;
}

/** What must not be overlooked. Its first words in bold say why. */
export function Aside({ children }: { readonly children?: ReactNode }) {
  return (
    <blockquote className="flex flex-col gap-2 border-l-2 border-accent bg-sunken py-3 pr-4 pl-4 text-small">
      {children}
    </blockquote>
  );
}

/** A table in a scrolling region of its own. */
export function ProseTable({ children }: { readonly children?: ReactNode }) {
  const t = useTranslations('docs');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={t('table')} tabIndex={0} className="min-w-0 overflow-x-auto">
      <table className="w-full border-collapse text-small [&_td]:border-b [&_td]:border-rule [&_td]:px-2.5 [&_td]:py-2 [&_td]:align-top [&_td:first-child]:pl-0 [&_th]:border-b [&_th]:border-rule-strong [&_th]:px-2.5 [&_th]:py-2 [&_th]:text-left [&_th]:text-caption [&_th]:font-medium [&_th]:whitespace-nowrap [&_th]:text-ink-faint [&_th:first-child]:pl-0 [&_td:first-child_code]:whitespace-nowrap [&_td:last-child]:min-w-32 [&_td:nth-child(4)]:min-w-32">
        {children}
      </table>
    </section>
  );
}
