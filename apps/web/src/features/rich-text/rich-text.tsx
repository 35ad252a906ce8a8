import { Fragment, type ReactNode } from 'react';
import { linkClass } from '#ui/link-class.ts';
import { Verbatim } from '#ui/verbatim.tsx';
import { type Block, parseRichText } from './parse.ts';
import type { Inline } from './parse-inline.ts';

export interface RichTextProps {
  readonly text: string;
  /** What its first headings are below; 1 where the text is the page. */
  readonly below?: 1 | 2 | undefined;
}

/** An operator's text. What it says goes through React as text: no mark-up of its own ever reaches the page. */
export function RichText({ text, below = 1 }: RichTextProps) {
  return (
    <div className="flex flex-col gap-4 wrap-anywhere">
      {numbered(parseRichText(text), (block) => blockOf(block, below))}
    </div>
  );
}

/** A short operator's text in a line: its first paragraph, or line of a list. */
export function RichLine({ text }: { readonly text: string }) {
  for (const block of parseRichText(text)) {
    if (block.kind === 'paragraph') return inlineOf(block.content);
    if (block.kind === 'list') return inlineOf(block.items[0] ?? []);
  }
  return null;
}

function blockOf(block: Block, below: 1 | 2): ReactNode {
  if (block.kind === 'code') return <Verbatim text={block.text} />;
  if (block.kind === 'paragraph') return <p>{inlineOf(block.content)}</p>;
  if (block.kind === 'heading') return headingOf(block.level + below - 1, inlineOf(block.content));
  const items = numbered(block.items, (item) => <li>{inlineOf(item)}</li>);
  return block.isOrdered ? (
    <ol className="flex list-decimal flex-col gap-1.5 pl-6">{items}</ol>
  ) : (
    <ul className="flex list-disc flex-col gap-1.5 pl-6">{items}</ul>
  );
}

function headingOf(level: number, content: ReactNode): ReactNode {
  if (level === 2) return <h2 className="mt-4 text-lead font-semibold tracking-tight">{content}</h2>;
  return level === 3 ? <h3 className="mt-2 font-semibold">{content}</h3> : <h4 className="font-semibold">{content}</h4>;
}

function inlineOf(content: readonly Inline[]): ReactNode {
  return numbered(content, (inline) => {
    if (inline.kind === 'text') return inline.text;
    if (inline.kind === 'break') return <br />;
    if (inline.kind === 'bold') return <strong>{inlineOf(inline.content)}</strong>;
    if (inline.kind === 'code')
      return <code className="rounded-control bg-sunken px-1 py-0.5 font-mono text-[0.92em]">{inline.text}</code>;
    return (
      <a href={inline.href} rel="nofollow noopener noreferrer" className={linkClass}>
        {inline.text}
      </a>
    );
  });
}

/** The parts of a text have no names, and never change places. */
function numbered<Part>(parts: readonly Part[], draw: (part: Part) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return parts.map((part, index) => <Fragment key={index}>{draw(part)}</Fragment>);
}
