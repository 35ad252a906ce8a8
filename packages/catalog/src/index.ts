export type { CatalogActor } from './audit.ts';
export { type BaseUrlResult, isPrivateHost, readBaseUrl } from './base-url.ts';
export { CatalogError, type CatalogErrorCode, catalogErrorCodes } from './catalog-error.ts';
export {
  channelEditSchema,
  credentialSchema,
  newChannelSchema,
} from './channels/channel-form.ts';
export type { BreakerState, ChannelHealth } from './channels/channel-health.ts';
export type { ChannelLimits } from './channels/channel-limits.ts';
export { type ChannelName, channelNames } from './channels/channel-names.ts';
export { type ChannelState, writeChannelStates } from './channels/channel-state.ts';
export { type ChannelOrigin, defaultGroup } from './channels/columns.ts';
export * from './channels/console-change.ts';
export * from './channels/console-create.ts';
export * from './channels/demo-channel.ts';
export * from './channels/drain-channel.ts';
export * from './channels/first-channels.ts';
export * from './channels/list-channels.ts';
export * from './channels/load-channel.ts';
export * from './codex-texts.ts';
export { priceSchema } from './config/amounts.ts';
export * from './config/apply-config.ts';
export { ConfigError, type ConfigProblem } from './config/config-error.ts';
export * from './config/parse-config.ts';
export type { CatalogConfig } from './config/sections.ts';
export {
  createGroup,
  type GroupSettings,
  type GroupView,
  groupSettingsSchema,
  listGroups,
  type NewGroup,
  newGroupSchema,
  setGroupEnabled,
  updateGroup,
} from './groups/console-groups.ts';
export * from './groups/console-multipliers.ts';
export * from './groups/multiplier.ts';
export * from './groups/offered-groups.ts';
export * from './load-snapshot.ts';
export * from './maintenance.ts';
export { type ModelChange, type ModelField, modelChangeSchema, updateModel } from './models/console-models.ts';
export * from './models/list-models.ts';
export * from './offer/list-offer.ts';
export type { OperatorAddresses } from './operator-address.ts';
export * from './own-keys/own-key-places.ts';
export * from './presets.ts';
export type { ImportRow, ImportStatus } from './price-import/diff.ts';
export * from './price-import/import-prices.ts';
export { type FileProblem, maxFileBytes } from './price-import/price-file.ts';
export { readPriceFile } from './price-import/read-price-file.ts';
export { type PricedModel, writePriceCsv } from './price-import/write-csv.ts';
export * from './prices/console-prices.ts';
export type { DatedState } from './prices/dated-state.ts';
export { type PriceFigures, priceOfRow } from './prices/figures.ts';
export { findPrice } from './prices/find-price.ts';
export * from './prices/price-text.ts';
export { vendorPrices } from './prices/vendor-prices.ts';
export { isPrivateAddress } from './private-address.ts';
export type { ProxyOrigin } from './proxies/columns.ts';
export * from './proxies/console-proxies.ts';
export * from './proxies/list-proxies.ts';
export * from './proxies/load-proxy.ts';
export * from './proxies/proxy-url.ts';
export * from './seal.ts';
export { type ListedModel, type ListedPrice, readPriceList } from './seed/price-list.ts';
export * from './seed/seed-catalog.ts';
export * from './setting-definitions.ts';
export * from './setting-desk.ts';
export * from './settings.ts';
export * from './snapshot.ts';
export { snapshotAt } from './snapshot-at.ts';
export * from './tasks/results.ts';
export * from './tasks/worker-tasks.ts';
export * from './welcome-skips.ts';
