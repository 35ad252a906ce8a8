export { type BrokenServer, type BrokenWay, startBrokenServer } from './broken-servers.ts';
export { type Certificate, makeCertificate } from './certificate.ts';
export { type HangingServer, startHangingServer } from './hanging-server.ts';
export { type FaultProxy, type Faults, startFaultProxy } from './proxy.ts';
export { startTlsFront, type TlsFront } from './tls-front.ts';
export { startTunnelProxy, type TunnelFaults, type TunnelProxy, type TunnelProxyOptions } from './tunnel-proxy.ts';
