import { useTranslations } from 'next-intl';

const tools = ['Claude Code', 'Codex', 'Cursor', 'SDK'];
const models = ['Claude', 'GPT', 'Gemini', 'GLM'];
const hangerCount = 27;
const towers = { left: 220, right: 780, top: 22, deck: 130 };

/** The bridge: tools on one bank, models on the other, requests on the deck. Named once for screen readers. */
export function Crossing() {
  const t = useTranslations('home');
  const hangers = Array.from({ length: hangerCount }, (_, index) => {
    const along = (index + 1) / (hangerCount + 1);
    return { x: towers.left + along * (towers.right - towers.left), along };
  });
  return (
    <svg
      viewBox="0 0 1000 172"
      role="img"
      aria-label={t('crossing')}
      className="w-full min-w-0 overflow-visible text-ink-soft max-sm:-mx-2"
      fill="none"
      stroke="currentColor"
    >
      <path d={`M60 ${towers.deck} Q170 108 ${towers.left} ${towers.top}`} strokeWidth="1.4" />
      <path d={`M${towers.left} ${towers.top} Q500 230 ${towers.right} ${towers.top}`} strokeWidth="1.4" />
      <path d={`M${towers.right} ${towers.top} Q830 108 940 ${towers.deck}`} strokeWidth="1.4" />
      <path d={`M${towers.left} ${towers.top}V150M${towers.right} ${towers.top}V150`} strokeWidth="2" />
      <path d={`M0 ${towers.deck}H1000`} strokeWidth="1.4" />
      {hangers.map(({ x, along }) => (
        <path
          key={x}
          d={`M${x} ${towers.top + 4 * (126 - towers.top) * along * (1 - along)}V${towers.deck}`}
          strokeWidth="0.7"
        />
      ))}
      <g className="fill-ink-soft font-mono text-[15px] max-sm:hidden" stroke="none">
        {tools.map((tool, index) => (
          <text key={tool} x={4} y={towers.deck - 76 + index * 21}>
            {tool}
          </text>
        ))}
        {models.map((model, index) => (
          <text key={model} x={996} y={towers.deck - 76 + index * 21} textAnchor="end">
            {model}
          </text>
        ))}
      </g>
      <g className="text-accent">
        {[250, 372, 561, 708].map((x) => (
          <path key={x} d={`M${x} ${towers.deck}h34`} strokeWidth="4" strokeLinecap="round" />
        ))}
      </g>
    </svg>
  );
}
