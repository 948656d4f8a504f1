/** Hands a file to the user, to be kept where the browser keeps downloads. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the content by the time a minute has passed.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name that file systems take: letters, digits, dots and dashes. */
export const fileName = (words: string): string =>
  words
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80) || 'lookalike';
