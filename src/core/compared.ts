/** Pictures of which every pair is compared within seconds: twice as many take four times as long. */
export const COMPARED = 20_000;
