'use client';

import { useLocale } from 'next-intl';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { shortCountText } from '#components/amounts.ts';
import type { ChartPoint } from '../chart-data.ts';
import { startText } from '../usage-range.ts';

const chartHeightPx = 260;
const axisText = { fill: 'var(--ink-faint)', fontSize: 12, fontFamily: 'var(--font-geist-mono)' };

export interface UsageChartProps {
  /** What the chart shows, and where the exact figures are. */
  readonly label: string;
  /** The series in their order. */
  readonly names: readonly string[];
  readonly points: readonly ChartPoint[];
}

/** Bars by hour or day, stacked by series. Its table twin carries the exact figures. */
export function UsageChart({ label, names, points }: UsageChartProps) {
  const locale = useLocale();
  return (
    <figure className="min-w-0" aria-label={label}>
      <div style={{ height: chartHeightPx }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: chartHeightPx }}>
          <BarChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} barCategoryGap="18%">
            <CartesianGrid vertical={false} stroke="var(--rule)" />
            <XAxis
              dataKey="start"
              tickFormatter={shortStart}
              tick={axisText}
              tickLine={false}
              axisLine={{ stroke: 'var(--rule-strong)' }}
              minTickGap={24}
            />
            <YAxis
              tickFormatter={(height: number) => shortCountText(height, locale)}
              tick={axisText}
              tickLine={false}
              axisLine={false}
              allowDecimals={false}
              width={52}
            />
            <Tooltip
              cursor={{ fill: 'var(--sunken)' }}
              isAnimationActive={false}
              content={(props: TooltipContentProps) => <ChartTip {...props} names={names} />}
            />
            {names.map((name, index) => (
              <Bar
                key={seriesColor(index)}
                dataKey={(point: ChartPoint) => point.heights[index] ?? 0}
                name={name}
                stackId="usage"
                fill={seriesColor(index)}
                isAnimationActive={false}
                maxBarSize={36}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-caption text-ink-soft">
        {names.map((name, index) => (
          <span key={seriesColor(index)} className="flex items-center gap-2">
            <svg className="size-2.5" viewBox="0 0 10 10" aria-hidden="true">
              <rect width="10" height="10" fill={seriesColor(index)} />
            </svg>
            <span className="min-w-0 font-mono wrap-anywhere">{name}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** As much of a start as tells bars apart. */
function shortStart(start: string): string {
  return start.includes('T') ? start.slice(11, 16) : start.slice(5);
}

function seriesColor(index: number): string {
  return `var(--series-${index + 1})`;
}

function ChartTip({ active, payload, label, names }: TooltipContentProps & { readonly names: readonly string[] }) {
  const locale = useLocale();
  if (!active) return null;
  return (
    <div className="rounded-panel border border-rule-strong bg-sheet px-3 py-2 text-caption">
      <p className="mb-1 font-mono text-ink-faint">{startText(String(label))} UTC</p>
      {names.map((name, index) => (
        <p key={seriesColor(index)} className="flex justify-between gap-6">
          <span className="flex items-center gap-2">
            <svg className="size-2" viewBox="0 0 8 8" aria-hidden="true">
              <rect width="8" height="8" fill={seriesColor(index)} />
            </svg>
            {name}
          </span>
          <span className="font-mono">{shortCountText(Number(payload[index]?.value ?? 0), locale)}</span>
        </p>
      ))}
    </div>
  );
}
