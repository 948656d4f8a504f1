import type { Run } from '../../core/records';

/** How far "Train more" goes on: half as long again, in tens. */
export const moreSteps = ({ step }: Pick<Run, 'step'>): number => Math.max(10, 10 * Math.round(step / 20));
