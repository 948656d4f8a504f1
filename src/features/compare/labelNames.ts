import { labelNames } from '../../app/session/testedLabels';
import { useSelected } from '../../app/store/hooks';

/** Names of the label columns there are, as one text that is equal while they are: a list would be another each time. */
export const useLabelNames = (): string[] => JSON.parse(useSelected((state) => JSON.stringify(labelNames(state))));
