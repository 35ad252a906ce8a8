import { expect, test } from 'vitest';
import { renderMetrics } from '../health/metrics.ts';
import { labelFigures } from './label-figures.ts';

test('each figure carries its process, those of one metric stand together, and a process without an answer is down', () => {
  const figures = labelFigures([
    { slot: 1, restarts: 0, figures: { a: 1, 'b_total{class="2xx"}': 2 } },
    { slot: 2, restarts: 3, figures: { a: 4, c: null, 'b_total{class="2xx"}': 5 } },
    { slot: 3, restarts: 1, figures: undefined },
  ]);
  expect(renderMetrics(figures)).toBe(`# TYPE bridge_process_up gauge
bridge_process_up{process="1"} 1
bridge_process_up{process="2"} 1
bridge_process_up{process="3"} 0
# TYPE bridge_process_restarts_total counter
bridge_process_restarts_total{process="1"} 0
bridge_process_restarts_total{process="2"} 3
bridge_process_restarts_total{process="3"} 1
# TYPE a gauge
a{process="1"} 1
a{process="2"} 4
# TYPE b_total counter
b_total{class="2xx",process="1"} 2
b_total{class="2xx",process="2"} 5
# TYPE c gauge
c{process="2"} NaN
`);
});
