import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './panels/App';
import { Boundary } from './panels/Boundary';
import { createLookalike } from './state/app';
import { LookalikeContext } from './state/hooks';
import { openScripting } from './state/scripting';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/drop.css';
import './styles/pictures.css';
import './styles/encoders.css';
import './styles/similar.css';
import './styles/blind_test.css';
import './styles/dialogs.css';
import './styles/training.css';
import './styles/charts.css';
import './styles/performance.css';
import './styles/probes.css';
import './styles/reconstructions.css';
import './styles/reading.css';
import './styles/settings.css';
import './styles/downstream.css';
import './styles/compare.css';

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
