import { CopyButton } from '#ui/copy-button.tsx';

/** An id to read and to take along. */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <code className="font-mono select-all wrap-anywhere max-sm:text-caption">{text}</code>
      <CopyButton text={text} what={what} look="quiet" />
    </span>
  );
}
