import type { AudioPart, DocumentPart, VideoPart } from '../neutral/parts.ts';
import type { Family } from './family.ts';

/** What a page of a PDF takes on average, text and drawings; a scanned page takes more and is counted as several. */
const pdfBytesPerPage = 40_000;
/** Pages taken for a document that is elsewhere. */
const assumedPages = 5;
/** Other documents (office files) are compressed text: one token for about this many bytes. */
const documentBytesPerToken = 16;
/** Bytes of plain text per token, where only its base64 is at hand. */
const textBytesPerToken = 3.5;
/** Speech at 64 kbit/s, and 16-bit sound at 16 kHz. */
const compressedAudioBytesPerSecond = 8_000;
const rawAudioBytesPerSecond = 32_000;
/** Video at 2 Mbit/s. */
const videoBytesPerSecond = 250_000;
/** Length taken for a sound or a video that is elsewhere. */
const assumedSeconds = 60;

/** Tokens of a document that is not plain text in the request: by its pages, which are guessed from its bytes. */
export function documentTokens({ source }: DocumentPart, family: Family): number {
  if (source.kind !== 'base64') return assumedPages * family.perPdfPage;
  const bytes = decodedBytes(source.data);
  if (source.mediaType === 'application/pdf') {
    return Math.max(1, Math.round(bytes / pdfBytesPerPage)) * family.perPdfPage;
  }
  return Math.ceil(bytes / (source.mediaType.startsWith('text/') ? textBytesPerToken : documentBytesPerToken));
}

/** Tokens of a sound or a video: by its seconds, which are guessed from its bytes. */
export function recordingTokens({ kind, source }: AudioPart | VideoPart, family: Family): number {
  const perSecond = kind === 'audio' ? family.perAudioSecond : family.perVideoSecond;
  if (source.kind !== 'base64') return assumedSeconds * perSecond;
  return Math.ceil((decodedBytes(source.data) / bytesPerSecond(kind, source.mediaType)) * perSecond);
}

function bytesPerSecond(kind: 'audio' | 'video', mediaType: string): number {
  if (kind === 'video') return videoBytesPerSecond;
  return /wav|pcm|l16/i.test(mediaType) ? rawAudioBytesPerSecond : compressedAudioBytesPerSecond;
}

function decodedBytes(base64: string): number {
  return Math.floor((base64.length * 3) / 4);
}
