export { readBodyError } from './body/error.ts';
export { readBodyUsage } from './body/usage.ts';
export { type Language, pickLanguage } from './errors/language.ts';
export { errorMessage } from './errors/messages.ts';
export {
  type ErrorContext,
  type RenderedError,
  renderError,
  renderStreamError,
  type StreamErrorContext,
} from './errors/render.ts';
export { type ListedModel, type ModelListShape, renderModel, renderModelList } from './models/list.ts';
export { editRequest, type RequestEdit } from './request/edit.ts';
export { type PathHead, type RequestHead, readRequestHead } from './request/head.ts';
export type { UpstreamError } from './stream/reader.ts';
export { createStreamTap, type StreamPhase, type StreamTap, type StreamTapOptions } from './stream/tap.ts';
