import type { Actions } from './actions';
import type { Parts } from './parts';
import { currentDataset, runUnderWay } from './store';

/** Where the build puts the networks, below the page. */
const addressOf = (name: string): string => new URL(`pretrained/${name}`, document.baseURI).href;

export const pretrainedActions = ({ store, threads }: Parts): Pick<Actions, 'addPretrained'> => ({
  addPretrained: (name) => {
    const state = store.getState();
    const dataset = currentDataset(state);
    if (!dataset || runUnderWay(state)) return;
    threads.trainer.send({ type: 'pretrained', dataset: dataset.id, name, address: addressOf(name) });
  },
});
