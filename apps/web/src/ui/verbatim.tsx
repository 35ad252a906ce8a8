const look =
  'max-h-64 overflow-auto rounded-panel border border-rule bg-sheet px-4 py-3 font-mono text-small break-words whitespace-pre-wrap';

/** Somebody else's words, as they came. */
export function Verbatim({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <pre tabIndex={0} className={look}>
      {text}
    </pre>
  );
}
