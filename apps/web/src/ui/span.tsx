/** The motif: a cable between two towers with its hangers over a deck. Decoration only. */
export function Span({ className }: { readonly className?: string }) {
  const hangers = [30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130];
  return (
    <svg viewBox="0 0 160 44" className={className} fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M0 30 Q12 22 22 6 Q80 54 138 6 Q148 22 160 30" strokeWidth="1.2" />
      <path d="M22 6v34M138 6v34M0 34h160" strokeWidth="1.2" />
      {hangers.map((x) => (
        <path key={x} d={`M${x} ${cableHeight(x)}V34`} strokeWidth="0.6" />
      ))}
    </svg>
  );
}

/** Height of the main cable (a parabola through both towers' tops) at x. */
function cableHeight(x: number): number {
  const along = (x - 22) / 116;
  return Math.round((6 + 96 * along * (1 - along)) * 10) / 10;
}

/** The mark: a single arc over its deck. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} fill="none" stroke="currentColor" aria-hidden="true">
      <path
        d="M2 8 Q12 24 22 8"
        strokeWidth="2.4"
        className="text-accent"
        stroke="currentColor"
        strokeLinecap="round"
      />
      <path d="M2 19h20" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
