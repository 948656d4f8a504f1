import { counted } from '../../core/amounts';
import type { Run } from '../../core/records';

/** How far a run that has ended goes on unless the user says: half as long again, in tens. */
export const moreSteps = ({ step }: Pick<Run, 'step'>): number => Math.max(10, 10 * Math.round(step / 20));

/** 'Train 150 more steps' */
export const moreWords = (steps: number): string => `Train ${counted(steps, 'more step')}`;
