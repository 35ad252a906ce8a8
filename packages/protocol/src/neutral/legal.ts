import type { NeutralEvent } from './events.ts';

/** What is wrong with a sequence of events by the rules of events.ts; undefined where nothing is. For tests of decoders. */
export function whyIllegal(events: readonly NeutralEvent[]): string | undefined {
  let open = -1;
  let next = 0;
  let hasStopped = false;
  let isOver = false;
  for (const [place, event] of events.entries()) {
    const at = `event ${place} (${event.type})`;
    if (isOver) return `${at}: something follows the end`;
    switch (event.type) {
      case 'start':
        if (place !== 0) return `${at}: start is not the first`;
        break;
      case 'open':
        if (open !== -1) return `${at}: block ${open} is still open`;
        if (event.index !== next) return `${at}: index ${event.index} instead of ${next}`;
        open = next++;
        break;
      case 'delta':
        if (event.text === '') return `${at}: empty`;
        if (event.index !== open) return `${at}: block ${event.index} is not open`;
        break;
      case 'citation':
      case 'signature':
        if (event.index !== open) return `${at}: block ${event.index} is not open`;
        break;
      case 'close':
        if (event.index !== open) return `${at}: block ${event.index} is not open`;
        open = -1;
        break;
      case 'stop':
        if (open !== -1) return `${at}: block ${open} is still open`;
        if (hasStopped) return `${at}: twice`;
        hasStopped = true;
        break;
      case 'end':
        if (!hasStopped) return `${at}: without stop`;
        isOver = true;
        break;
      case 'error':
        isOver = true;
        break;
      case 'usage':
      case 'ping':
        break;
    }
    if (place === 0 && event.type !== 'start' && event.type !== 'error') return `${at}: start is missing`;
  }
  return undefined;
}
