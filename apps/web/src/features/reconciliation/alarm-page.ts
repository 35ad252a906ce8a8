import type { OpenAlarm } from '@ai-bridge/billing';

/** The staff's page about an alarm's subject; undefined where there is none. */
export function alarmPage({ subject, detail }: Pick<OpenAlarm, 'subject' | 'detail'>): string | undefined {
  if (subject.startsWith('ord_')) return `/admin/orders/${subject}`;
  if (subject.startsWith('rfd_')) return `/admin/refunds/${subject}`;
  const { model } = detail;
  if (model) return `/admin/models/${encodeURIComponent(model)}`;
  const order = detail['order'];
  return order ? `/admin/orders/${order}` : undefined;
}
