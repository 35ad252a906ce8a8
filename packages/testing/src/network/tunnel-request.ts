/** Who may use a proxy. */
export interface TunnelUser {
  readonly name: string;
  readonly password: string;
}

/** A request for a tunnel, read off a connection. */
export interface TunnelRequest {
  readonly hostname: string;
  readonly port: number;
  /** Tells the client that its tunnel is open. */
  grant(): void;
  refuse(refusal: number): void;
}
