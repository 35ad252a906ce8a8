import type { Figures, ProcessFigures } from './messages.ts';

/** The figures of all processes by metric name, each with the number of its process; the lines of one metric stand together. */
export function labelFigures(processes: readonly ProcessFigures[]): Figures {
  const byMetric = new Map<string, [name: string, value: number][]>();
  for (const { slot, restarts, figures } of processes) {
    const all = { bridge_process_up: figures ? 1 : 0, bridge_process_restarts_total: restarts, ...figures };
    for (const [name, value] of Object.entries(all)) {
      const [metric = name, labels] = name.split('{');
      const lines = byMetric.get(metric) ?? [];
      byMetric.set(metric, lines);
      lines.push([withProcess(metric, labels, slot), value ?? Number.NaN]);
    }
  }
  return Object.fromEntries([...byMetric.values()].flat());
}

/** @param labels of the name, its closing brace included; undefined where it has none */
function withProcess(metric: string, labels: string | undefined, slot: number): string {
  const own = `process="${slot}"}`;
  return labels === undefined ? `${metric}{${own}` : `${metric}{${labels.slice(0, -1)},${own}`;
}
