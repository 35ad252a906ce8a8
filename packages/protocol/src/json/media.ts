import { standsAt } from './bytes.ts';

/** An image is about 1,600 tokens whatever its file weighs, which as text would be this many bytes. */
const imageWeightBytes = 1_600 * 4;
/** Pages and sound weigh in proportion to their file; one token for about 64 bytes of base64. */
const documentBase64BytesPerTextByte = 16;
/** No image counts as less than this part of its base64, so that text made to look like one is not nearly free. */
const imageBase64BytesPerTextByte = 64;

const imageStarts = ['/9j/', 'iVBORw0KGgo', 'R0lGOD', 'UklGR', 'data:image/'];
const documentStarts = ['JVBERi', 'data:application/', 'data:audio/', 'data:video/', 'SUQz', 'AAAA'];

/** How many bytes of prompt text a long string stands for: itself, or, where it is base64 of media, far fewer. */
export function mediaWeightBytes(text: Buffer, start: number, end: number): number {
  const size = end - start;
  if (beginsWithOneOf(text, start, end, imageStarts)) {
    return Math.min(size, Math.max(imageWeightBytes, Math.ceil(size / imageBase64BytesPerTextByte)));
  }
  if (beginsWithOneOf(text, start, end, documentStarts)) return Math.ceil(size / documentBase64BytesPerTextByte);
  return size;
}

function beginsWithOneOf(text: Buffer, start: number, end: number, starts: readonly string[]): boolean {
  return starts.some((candidate) => standsAt(text, start, end, candidate));
}
