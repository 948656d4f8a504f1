import type { Parts } from '../../../app/session/parts';
import type { PictureActions } from '../../../app/store/pictureActions';
import { currentDataset } from '../../../app/store/store';

type ViewerActions = Pick<PictureActions, 'view' | 'closeViewer'>;

/** The viewer is one step of the browser's history, so that Back closes it as Escape does. */
export function viewerActions({ store }: Parts): ViewerActions {
  const { window } = globalThis;
  const isStep = (): boolean => window?.history.state?.viewer === true;
  window?.addEventListener('popstate', () => {
    if (!isStep()) store.setState({ viewer: null });
  });
  return {
    view: (row, rows) => {
      const state = store.getState();
      const { viewer, browse } = state;
      const { count = 0 } = currentDataset(state) ?? {};
      const listed =
        rows ?? viewer?.rows ?? browse.listed ?? browse.rows ?? Array.from({ length: count }, (_, at) => at);
      if (!isStep()) window?.history.pushState({ ...window.history.state, viewer: true }, '');
      store.setState({ viewer: { row, rows: listed } });
    },
    closeViewer: () => {
      if (isStep()) window.history.back();
      else store.setState({ viewer: null });
    },
  };
}
