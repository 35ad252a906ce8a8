import { changesOf } from '../changes-of.ts';

/** Longer values are cut; the file has them whole. */
const maxCharacters = 160;

/** What was written down with a deed: each change before and after, then the rest, as it stands in every language alike. */
export function AuditDetail({ detail }: { readonly detail: Readonly<Record<string, unknown>> | null }) {
  if (detail === null) return '–';
  const { changes, rest } = changesOf(detail);
  const hasRest = Object.keys(rest).length > 0;
  if (changes.length === 0 && !hasRest) return '–';
  return (
    <div className="max-w-96 font-mono text-caption break-words whitespace-normal" title={JSON.stringify(detail)}>
      {changes.map(({ field, from, to }) => (
        <p key={field}>
          {field && `${field}: `}
          <del className="text-ink-faint no-underline">{textOf(from)}</del> {'→'}{' '}
          <ins className="no-underline">{textOf(to)}</ins>
        </p>
      ))}
      {hasRest && <p className="text-ink-soft">{textOf(rest)}</p>}
    </div>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
