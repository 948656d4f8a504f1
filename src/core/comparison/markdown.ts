/** Names come from files and folders: nothing in them may be taken for a table's border or for markup. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\|*_`[\]~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** A row of a Markdown table. */
export const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
