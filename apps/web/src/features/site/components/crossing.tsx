import { useTranslations } from 'next-intl';
import { classNames } from '#ui/class-names.ts';
import { bridge, cablePath, drawing, hangers, labelY, rampPath, wayPath } from '../bridge-drawing.ts';
import { tools } from '../tools.ts';

export interface CrossingProps {
  /** The far bank, top to bottom; those that had traffic in the last minutes are live. */
  readonly families: readonly { readonly name: string; readonly isLive: boolean }[];
}

/** Which tool asks which model, how long it takes to cross (s), and when it set out (s ago). */
const traffic = [
  [0, 0, 6.2, 0.4],
  [1, 1, 7.4, 3.1],
  [2, 0, 6.8, 5.2],
  [3, 3, 8.1, 1.7],
  [4, 2, 7.1, 6.4],
  [5, 1, 6.5, 2.6],
  [0, 4, 7.8, 4.4],
] as const;
const answerTakes = 1.15;

/** The bridge: tools on one bank, models on the other, requests and answers on the deck. Named once for screen readers. */
export function Crossing({ families }: CrossingProps) {
  const t = useTranslations('home');
  const { deck, towers } = bridge;
  const toolY = (at: number) => labelY(at, tools.length);
  const modelY = (at: number) => labelY(at, families.length);
  return (
    <svg
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={t('crossing')}
      className="h-28 w-full min-w-0 text-ink-soft sm:h-auto"
      fill="none"
      stroke="currentColor"
    >
      <g className="text-rule-strong" strokeWidth="0.7">
        {hangers().map(({ x, y }) => (
          <path key={x} d={`M${x} ${y}V${deck.y}`} />
        ))}
        {tools.map((tool, at) => (
          <path key={tool} d={rampPath('left', toolY(at))} />
        ))}
        {families.map(({ name }, at) => (
          <path key={name} d={rampPath('right', modelY(at))} />
        ))}
      </g>
      <path d={cablePath()} strokeWidth="1.6" />
      <path d={`M${deck.left} ${deck.y}H${deck.right}`} strokeWidth="1.6" />
      {[towers.left, towers.right].map((x) => (
        <path
          key={x}
          d={`M${x - 5} ${towers.top - 4}V210M${x + 5} ${towers.top - 4}V210M${x - 5} 62H${x + 5}M${x - 5} 104H${x + 5}M${x - 5} 146H${x + 5}`}
          strokeWidth="1.3"
        />
      ))}
      <path
        d="M300 210h36M352 210h40M420 214h24M560 212h52M640 215h18M728 210h40M790 213h44"
        className="text-rule-strong"
        strokeWidth="1"
      />
      <g className="fill-ink font-mono text-[15px]" stroke="none">
        {tools.map((tool, at) => (
          <text key={tool} x={bridge.bank.left - 10} y={toolY(at) + 5} textAnchor="end">
            {tool}
          </text>
        ))}
        {families.map(({ name }, at) => (
          <text key={name} x={bridge.bank.right + 10} y={modelY(at) + 5}>
            {name}
          </text>
        ))}
      </g>
      {traffic.map(([tool, model, seconds, agoSeconds]) => {
        const family = families[model % Math.max(1, families.length)];
        if (!family) return null;
        const place = [toolY(tool), modelY(families.indexOf(family))] as const;
        const colour = family.isLive ? 'text-accent' : 'text-ink-faint';
        return (
          <g key={`${tool} ${model}`} className={colour} strokeLinecap="round">
            <path
              d={wayPath('request', ...place)}
              pathLength="1000"
              className="crossing"
              strokeWidth="4"
              strokeDasharray="16 1000"
              style={{ animationDuration: `${seconds}s`, animationDelay: `-${agoSeconds}s` }}
            />
            <path
              d={wayPath('answer', ...place)}
              pathLength="1000"
              className={classNames('crossing', 'opacity-60')}
              strokeWidth="2"
              strokeDasharray="34 1000"
              style={{ animationDuration: `${seconds * answerTakes}s`, animationDelay: `-${agoSeconds + 2}s` }}
            />
          </g>
        );
      })}
    </svg>
  );
}
