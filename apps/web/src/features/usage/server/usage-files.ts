import { requestPages } from '@ai-bridge/usage';
import { type Context, createContext } from '#server/context.ts';
import { csvStream } from '#server/csv.ts';
import { admitDownload, fileOrRefusal, savedFile } from '#server/file-answer.ts';
import { createCaller } from '#server/root.ts';
import { spanOf } from '../usage-range.ts';
import { readUsageView, type UsageView } from '../usage-view.ts';
import { requestColumns, requestRows } from './requests-csv.ts';
import { summaryColumns, summaryRows } from './summary-csv.ts';
import type { UsageChoices } from './usage-choices.ts';
import { dimensionOf, filterOf, requestFilterOf } from './usage-question.ts';

/** Usage that somebody may have as a file. */
interface OpenedUsage {
  readonly context: Context;
  /** The organization, and what its keys and members are called. */
  readonly choices: UsageChoices;
  readonly view: UsageView;
  readonly nowMs: number;
}

/** The sums that a usage page with this address shows, hour by hour or day by day and group by group, as CSV. */
export function summaryFile(request: Request): Promise<Response> {
  return fileOrRefusal(async () =>
    summaryOf(await openUsage(await createContext(request.headers), new URL(request.url))),
  );
}

/** The requests that a usage page with this address lists, all of them, as CSV. */
export function requestsFile(request: Request): Promise<Response> {
  return fileOrRefusal(async () =>
    requestsOf(await openUsage(await createContext(request.headers), new URL(request.url))),
  );
}

/** Who may have it, the procedure decides. @throws TRPCError */
export async function openUsage(context: Context, { searchParams }: URL): Promise<OpenedUsage> {
  admitDownload(context);
  const view = readUsageView(searchParams);
  const organizationId = searchParams.get('organization') ?? undefined;
  const choices = await createCaller(context).usage.choices({ organizationId });
  return { context, choices, view, nowMs: context.deps.clock.now() };
}

export function summaryOf({ context, choices, view, nowMs }: OpenedUsage): Response {
  const { range, by, narrowing } = view;
  const rows = summaryRows(context.deps.database, {
    ...{ filter: filterOf(choices.organizationId, narrowing), span: spanOf(range, nowMs), by: dimensionOf[by] },
    ...{ groupedBy: by, nameOf: namesIn(choices, view) },
  });
  return savedFile(csvStream(summaryColumns, rows), `usage-by-${by}-${fileSpan(view)}`, 'csv');
}

export function requestsOf({ context, choices, view, nowMs }: OpenedUsage): Response {
  const pages = requestPages(context.deps.database, requestFilterOf(choices.organizationId, view, nowMs));
  return savedFile(csvStream(requestColumns, requestRows(pages, choices.keys)), `requests-${fileSpan(view)}`, 'csv');
}

function fileSpan({ range }: UsageView): string {
  return range.replace('..', '-to-');
}

function namesIn({ keys, members }: UsageChoices, { by }: UsageView): (value: string) => string | null {
  const named = by === 'key' ? keys : by === 'member' ? members : [];
  const nameOf = new Map(named.map(({ id, name }) => [id, name]));
  return (value) => nameOf.get(value) || null;
}
