import { accessChangedChannel } from '@ai-bridge/access/callers';
import { catalogChangedChannel, taskChannel } from '@ai-bridge/catalog';
import { listen } from '@ai-bridge/db';
import { ledgerChannels } from '@ai-bridge/ledger';
import type { CallerCache } from './callers/caller-cache.ts';
import type { CatalogStore } from './catalog/catalog-store.ts';
import type { CreditBook } from './credit/index.ts';
import type { TaskDesk } from './tasks/task-desk.ts';

/** Hears of changes that others make in the database and hands each to whoever keeps that part in memory. */
export function followChanges(
  url: string,
  parts: { callers: CallerCache; catalog: CatalogStore; credit: CreditBook; tasks: TaskDesk },
): { close(): Promise<void> } {
  const { callers, catalog, credit, tasks } = parts;
  const handlers: Record<string, (payload: string) => void> = {
    [catalogChangedChannel]: () => catalog.changed(),
    [accessChangedChannel]: (payload) => callers.forget(payload),
    [taskChannel]: () => tasks.wake(),
    [ledgerChannels.recall]: (payload) => credit.recalled(payload),
    [ledgerChannels.balance]: (payload) => credit.creditArrived(payload),
  };
  return listen({
    url,
    applicationName: 'ai-bridge-worker-changes',
    channels: Object.keys(handlers),
    onNotify: (channel, payload) => handlers[channel]?.(payload),
    onConnect() {
      // What changed while nobody listened is unknown.
      callers.forgetAll();
      callers.setConnected(true);
      catalog.changed();
      tasks.wake();
    },
    onDisconnect: () => callers.setConnected(false),
  });
}
