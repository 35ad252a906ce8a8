import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly code: string;
  /** Where it goes: a file's path or "Terminal". */
  readonly title: string;
  /** What is copied, when that differs from what is shown (a masked secret). */
  readonly copied?: string | undefined;
  /** The code with colours. */
  readonly children?: ReactNode;
}

/** Code as it can be pasted, with its destination above it. Long lines scroll inside, never the page. */
export function CodeBlock({ code, title, copied = code, children }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-panel border border-rule bg-sheet">
      <figcaption className="flex items-center justify-between gap-3 border-b border-rule py-1.5 pr-1.5 pl-4">
        <span className="truncate font-mono text-caption text-ink-faint">{title}</span>
        <CopyButton text={copied} what={title} look="quiet" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto px-4 py-3 font-mono text-small leading-6">
        {children ?? <code>{code}</code>}
      </pre>
    </figure>
  );
}
