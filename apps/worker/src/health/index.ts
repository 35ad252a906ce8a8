import { sendJson } from '../http/respond.ts';
import type { HttpRequest } from '../http1/http-request.ts';
import type { HttpResponse } from '../http1/http-response.ts';
import { renderMetrics } from './metrics.ts';

export interface HealthDeps {
  /** Why this worker should get no new work now; empty = ready. */
  reasons(): string[];
  /** Whether new requests are refused for maintenance: said, and no reason to take this worker for one that is not ready. */
  isHeld(): boolean;
  /** Current figures by metric name; never fails. */
  figures(): Promise<Readonly<Record<string, number>>>;
  /** Lets /metrics be read from elsewhere than this machine. */
  readonly metricsToken: string | undefined;
}

/** Answers /healthz (the process lives), /readyz (it takes work, or why not) and /metrics (Prometheus text). */
export function createHealth({ reasons, isHeld, figures, metricsToken }: HealthDeps) {
  return (path: string, request: HttpRequest, response: HttpResponse): boolean => {
    if (path === '/healthz') {
      sendJson(response, 200, { status: 'ok' });
      return true;
    }
    if (path === '/readyz') {
      const found = reasons();
      sendJson(response, found.length === 0 ? 200 : 503, {
        status: found.length === 0 ? 'ready' : 'not ready',
        reasons: found,
        // Balancers that took every worker out would turn the operator's word into a plain "bad gateway".
        ...(isHeld() && { held: 'maintenance' }),
      });
      return true;
    }
    if (path === '/metrics') {
      if (!mayReadMetrics(request, metricsToken))
        sendJson(response, 403, { error: 'metrics are for this machine or the metrics token' });
      else void figures().then((all) => sendMetrics(response, renderMetrics(all)));
      return true;
    }
    return false;
  };
}

function sendMetrics(response: HttpResponse, text: string): void {
  response.answer(200, 'content-type: text/plain; version=0.0.4\r\n', Buffer.from(text));
}

function mayReadMetrics(request: HttpRequest, token: string | undefined): boolean {
  if (token !== undefined && request.headers.authorization === `Bearer ${token}`) return true;
  const address = request.remoteAddress ?? '';
  // Behind a proxy on this machine everybody comes from here, so a forwarded request is not taken for a local one.
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
  return !isForwarded && (address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1');
}
