import { expect, test } from 'vitest';
import { decodedText } from './text';

const TEXT = 'Äpfel;1,5\n';

test('text is read in the encodings that spreadsheets write', () => {
  const utf8 = new TextEncoder().encode(TEXT);
  const western = Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0));
  const utf16 = new Uint8Array(Uint16Array.from(`\uFEFF${TEXT}`, (letter) => letter.charCodeAt(0)).buffer);
  for (const bytes of [utf8, western, utf16]) expect(decodedText(bytes)).toBe(TEXT);
});
