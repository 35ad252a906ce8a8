/** Figures as Prometheus text. A name that ends in _total is a counter, every other a gauge; labels are part of the name. */
export function renderMetrics(figures: Readonly<Record<string, number>>): string {
  const lines: string[] = [];
  const typed = new Set<string>();
  for (const [name, value] of Object.entries(figures)) {
    const bare = name.split('{')[0] as string;
    if (!typed.has(bare)) {
      typed.add(bare);
      lines.push(`# TYPE ${bare} ${bare.endsWith('_total') ? 'counter' : 'gauge'}`);
    }
    lines.push(`${name} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}
