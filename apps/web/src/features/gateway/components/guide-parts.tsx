'use client';

import { CopyButton } from '#ui/copy-button.tsx';

type Fill = (text: string) => string;

/** What to press and enter, in order; what stands in backquotes is code. */
export function GuideSteps({ steps, fill }: { readonly steps: readonly string[]; readonly fill: Fill }) {
  return (
    <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-small">
      {steps.map((step) => (
        <li key={step}>
          {fill(step)
            .split('`')
            .map((piece, index) =>
              index % 2 === 0 ? (
                piece.replaceAll('**', '')
              ) : (
                <code key={piece} className="font-mono break-all select-all">
                  {piece}
                </code>
              ),
            )}
        </li>
      ))}
    </ol>
  );
}

/** Fields of a tool's own form, each value to be copied. */
export function GuideFacts({
  rows,
  fill,
}: {
  readonly rows: readonly (readonly [string, string])[];
  readonly fill: Fill;
}) {
  return (
    <dl className="flex flex-col">
      {rows.map(([name, value]) => (
        <div
          key={name}
          className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-rule py-1 last:border-b-0"
        >
          <dt className="w-44 shrink-0 text-small text-ink-soft">{name}</dt>
          <dd className="min-w-0 grow font-mono text-small break-all">{fill(value)}</dd>
          <CopyButton text={fill(value)} what={name} look="quiet" />
        </div>
      ))}
    </dl>
  );
}
