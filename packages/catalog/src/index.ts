export type { CatalogActor } from './audit.ts';
export { type BaseUrlResult, isPrivateHost, readBaseUrl } from './base-url.ts';
export { CatalogError, type CatalogErrorCode, catalogErrorCodes } from './catalog-error.ts';
export {
  channelEditSchema,
  credentialSchema,
  newChannelSchema,
} from './channels/channel-form.ts';
export type { BreakerState, ChannelHealth } from './channels/channel-health.ts';
export { type ChannelName, channelNames } from './channels/channel-names.ts';
export { type ChannelState, writeChannelStates } from './channels/channel-state.ts';
export { type ChannelOrigin, defaultGroup } from './channels/columns.ts';
export * from './channels/console-change.ts';
export * from './channels/console-create.ts';
export * from './channels/demo-channel.ts';
export * from './channels/first-channels.ts';
export * from './channels/list-channels.ts';
export * from './channels/load-channel.ts';
export * from './codex-texts.ts';
export * from './config/apply-config.ts';
export { ConfigError, type ConfigProblem } from './config/config-error.ts';
export * from './config/parse-config.ts';
export type { CatalogConfig } from './config/sections.ts';
export * from './groups/console-groups.ts';
export * from './groups/multiplier.ts';
export * from './groups/offered-groups.ts';
export * from './load-snapshot.ts';
export * from './offer/list-offer.ts';
export type { OperatorAddresses } from './operator-address.ts';
export * from './own-keys/own-key-places.ts';
export * from './presets.ts';
export { type PriceFigures, priceOfRow } from './prices/figures.ts';
export { findPrice } from './prices/find-price.ts';
export { isPrivateAddress } from './private-address.ts';
export type { ProxyOrigin } from './proxies/columns.ts';
export * from './proxies/console-proxies.ts';
export * from './proxies/list-proxies.ts';
export * from './proxies/load-proxy.ts';
export * from './proxies/proxy-url.ts';
export * from './seal.ts';
export { type ListedModel, type ListedPrice, readPriceList } from './seed/price-list.ts';
export * from './seed/seed-catalog.ts';
export * from './settings.ts';
export * from './snapshot.ts';
export * from './tasks/results.ts';
export * from './tasks/worker-tasks.ts';
