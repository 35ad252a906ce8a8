/** 16 px text on phones, or their browsers zoom in on focus. */
export const controlClass =
  'w-full rounded-control border border-rule-strong bg-sheet px-3 text-ink placeholder:text-ink-faint min-h-9 max-sm:min-h-11 ' +
  'text-base sm:text-small aria-invalid:border-bad data-[invalid]:border-bad disabled:opacity-60';
