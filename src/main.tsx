import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Boundary } from './app/frame/Boundary';
import { pageTitle, stayAwake } from './app/session/awake';
import { noticeEnds } from './app/session/endNotice';
import { openScripting } from './app/session/scripting';
import { watchForUpdate } from './app/session/update';
import { LookalikeContext } from './app/store/hooks';
import { App } from './page/App';
import { createLookalike } from './page/connect';
import './app/styles/tokens.css';
import './app/styles/base.css';
import './app/styles/layout.css';
import './features/pictures/landing.css';
import './features/pictures/pictures.css';
import './features/search/browse/browse.css';
import './features/encoders/encoders.css';
import './features/search/similar.css';
import './features/labels/labels.css';
import './features/encoders/blind_test/blind_test.css';
import './app/styles/dialogs.css';
import './features/training/training.css';
import './app/styles/charts.css';
import './features/training/progress/performance.css';
import './features/training/live/probes.css';
import './features/training/live/reconstructions.css';
import './features/labs/interpretation.css';
import './features/training/settings/settings.css';
import './features/compare/tests/downstream.css';
import './features/compare/compare.css';
import './app/styles/tables.css';

const lookalike = createLookalike();
const { store, actions } = lookalike;
openScripting(lookalike);

/** `data-theme` always says light or dark, so that style sheets need not ask for the system's preference again. */
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const showTheme = (): void => {
  const { theme } = store.getState();
  document.documentElement.dataset.theme = theme === 'system' ? (systemDark.matches ? 'dark' : 'light') : theme;
};
showTheme();
systemDark.addEventListener('change', showTheme);
store.subscribe(({ theme }, before) => theme !== before.theme && showTheme());

const showTitle = (): void => {
  document.title = pageTitle(store.getState(), store.stepReports.last);
};
store.subscribe(showTitle);
store.stepReports.subscribe(showTitle);
stayAwake(store);
noticeEnds(store);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <LookalikeContext value={lookalike}>
      <Boundary>
        <App />
      </Boundary>
    </LookalikeContext>
  </StrictMode>,
);

void actions.openLibrary();
void watchForUpdate(store);
