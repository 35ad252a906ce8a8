/** An error as Stripe answers it. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string | undefined;
  /** A request that was never begun is not remembered under its idempotency key. */
  readonly isBegun: boolean;

  constructor(status: number, message: string, of: { type?: string; code?: string; isBegun?: boolean } = {}) {
    super(message);
    this.status = status;
    this.type = of.type ?? 'invalid_request_error';
    this.code = of.code;
    this.isBegun = of.isBegun ?? false;
  }
}

export function missing(id: string): StripeFailure {
  return new StripeFailure(404, `No such object: '${id}'`, { code: 'resource_missing' });
}
