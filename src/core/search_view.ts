/** How embeddings are searched. */
export interface SearchView {
  /** By refined embeddings (square root, centring, partial whitening), not as the encoder gives them. */
  refined: boolean;
  /** In the order of k-reciprocal neighbours: look-alikes as a group, not strictly by similarity. */
  grouped: boolean;
}

export const SEARCH_VIEW: SearchView = { refined: true, grouped: false };

/** Whose neighbours they are: 'InceptionV3, refined'. */
export const viewedWords = (about: string, { refined, grouped }: SearchView): string =>
  [about, refined && 'refined', grouped && 'look-alikes grouped'].filter(Boolean).join(', ');
