/**
 * The text of a file of unknown encoding: UTF-16 where it begins with that mark, as spreadsheets save "Unicode text",
 * UTF-8 where it is valid, else Windows-1252, in which Western European spreadsheets save CSV.
 */
export function decodedText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
