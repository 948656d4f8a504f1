export interface SearchView {
  /** By refined embeddings (square root, centring, partial whitening), not as the encoder gives them. */
  refined: boolean;
  /** In the order of k-reciprocal neighbours: look-alikes as a group, not strictly by similarity. */
  grouped: boolean;
}

/** With fewer pictures the directions in which they differ say nothing of what matters: they are searched as they are. */
const LEAST_REFINED = 20;

/** What is done where this view is asked for. */
export const viewOf = ({ refined, grouped }: SearchView, count: number): SearchView => ({
  refined: refined && count >= LEAST_REFINED,
  grouped,
});

export const SEARCH_VIEW: SearchView = { refined: true, grouped: false };

/** Whose neighbours they are: 'InceptionV3, refined'. */
export const viewedWords = (about: string, { refined, grouped }: SearchView): string =>
  [about, refined && 'refined', grouped && 'look-alikes grouped'].filter(Boolean).join(', ');
