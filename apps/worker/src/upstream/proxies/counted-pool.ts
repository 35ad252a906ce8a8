import { DecoratorHandler, type Dispatcher, Pool } from 'undici';

/** What keeps count of the requests. */
interface Counted {
  inFlight: number;
  requests: number;
  failed(origin: string, error: Error): void;
}

/** Errors of a connection that was open: whether the proxy or what is behind it broke off, nobody can tell. */
const brokenCodes = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** A pool that counts its requests in and out, and tells of connections that broke under them. */
export class CountedPool extends Pool {
  readonly #counted: Counted;
  readonly #origin: string;

  constructor(origin: string, options: Pool.Options, counted: Counted) {
    super(origin, options);
    this.#origin = origin;
    this.#counted = counted;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    return super.dispatch(options, new CountingHandler(handler, this.#counted, this.#origin));
  }
}

interface Handler extends Dispatcher.DispatchHandler {
  onResponseEnd(...args: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseEnd']>>): void;
  onResponseError(...args: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseError']>>): void;
}
// undici's own decorator passes on all that is not named here, to handlers of both its styles.
const Decorator = DecoratorHandler as unknown as new (handler: Dispatcher.DispatchHandler) => Handler;

class CountingHandler extends Decorator {
  readonly #counted: Counted;
  readonly #origin: string;
  #isUnderWay = true;

  constructor(handler: Dispatcher.DispatchHandler, counted: Counted, origin: string) {
    super(handler);
    this.#counted = counted;
    this.#origin = origin;
    counted.inFlight++;
    counted.requests++;
  }

  override onResponseEnd(...args: Parameters<Handler['onResponseEnd']>): void {
    this.#countOut();
    super.onResponseEnd(...args);
  }

  override onResponseError(...args: Parameters<Handler['onResponseError']>): void {
    const { code = '' } = args[1] as NodeJS.ErrnoException;
    if (this.#isUnderWay && brokenCodes.has(code)) this.#counted.failed(this.#origin, args[1]);
    this.#countOut();
    super.onResponseError(...args);
  }

  #countOut(): void {
    if (!this.#isUnderWay) return;
    this.#isUnderWay = false;
    this.#counted.inFlight--;
  }
}
