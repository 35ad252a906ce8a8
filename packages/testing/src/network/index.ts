export { type FaultProxy, type Faults, startFaultProxy } from './proxy.ts';
