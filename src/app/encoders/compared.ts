/** Encoders that can be compared side by side at a time. */
export const MOST_COMPARED = 4;
