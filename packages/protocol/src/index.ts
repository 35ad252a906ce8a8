export { anthropicVersion } from './anthropic/index.ts';
export {
  type BatchEndpoint,
  type BatchLine,
  type BatchRequest,
  batchProtocol,
  readBatchLine,
  readBatchRequest,
} from './batch/batch-request.ts';
export {
  type BatchResult,
  type BatchState,
  readBatchList,
  readBatchResult,
  readBatchState,
} from './batch/batch-result.ts';
export { readBodyError } from './body/error.ts';
export { readBodyUsage } from './body/usage.ts';
export { convertBody } from './convert/body-converter.ts';
export { codecOf } from './convert/codecs.ts';
export { type Conversion, createStreamConverter } from './convert/stream-converter.ts';
export { type Language, pickLanguage } from './errors/language.ts';
export { errorMessage } from './errors/messages.ts';
export {
  type ErrorContext,
  type RenderedError,
  renderError,
  renderStreamError,
  type StreamErrorContext,
} from './errors/render.ts';
export type { Carried as CarriedInputs } from './inputs/carried.ts';
export { mayCarry, readCarried } from './inputs/read-carried.ts';
export { type ListedModel, type ModelListShape, renderModel, renderModelList } from './models/list.ts';
export type { AnswerContext, Carried, Codec, Target } from './neutral/codec.ts';
export { refuseUnwritable } from './neutral/foreign.ts';
export { forOtherModel } from './neutral/other-model.ts';
export type { NeutralRequest } from './neutral/request.ts';
export { mayHoldSignatures } from './neutral/signature.ts';
export { createdObjects } from './objects/created-object.ts';
export {
  deletedObject,
  type ObjectKind,
  type ObjectPath,
  type ObjectRef,
  readObjectPath,
} from './objects/object-path.ts';
export { referredObjects, storesAnswer } from './objects/referred-objects.ts';
export { refusesInstructions, withInstructions } from './repair/codex.ts';
export { type Repair, repairRequest } from './repair/repair.ts';
export { toldChanges } from './repair/told-changes.ts';
export { editRequest, type RequestEdit } from './request/edit.ts';
export { checkModel } from './request/fields.ts';
export { type PathHead, type RequestHead, readRequestHead } from './request/head.ts';
export { type FormField, type FormFile, MultipartReader, maxFormHeadBytes, setFormField } from './request/multipart.ts';
export { multipartBoundary } from './request/multipart-header.ts';
export type { UpstreamError } from './stream/reader.ts';
export {
  createStreamTap,
  type Passed,
  type Piece,
  type StreamPhase,
  type StreamTap,
  type StreamTapOptions,
} from './stream/tap.ts';
export { estimateTokens } from './tokens/estimate.ts';
