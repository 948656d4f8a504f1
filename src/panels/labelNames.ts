import { useSelected } from '../state/hooks';
import { labelNames } from '../state/testing';

/** Names of the label columns there are, as one text that is equal while they are: a list would be another each time. */
export const useLabelNames = (): string[] => JSON.parse(useSelected((state) => JSON.stringify(labelNames(state))));
