import { isTraining, type Store } from '../store/store';
import { until } from '../store/until';

/** Milliseconds between two looks for a new version: a tab may stay open for days. */
const EVERY = 3_600_000;

/** Keeps the app for use without a network, and tells when a new version of it is ready. */
export async function watchForUpdate(store: Store): Promise<void> {
  const { serviceWorker } = navigator;
  if (!serviceWorker || !import.meta.env.PROD) return;
  const registration = await serviceWorker.register('./service_worker.js').catch(() => null);
  if (!registration) return; // Switched off in this browser: the page works, with a network.
  // Without a controller it is the first version, not a new one.
  const look = (): void => store.setState({ updateReady: !!registration.waiting && !!serviceWorker.controller });
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  look();
  setInterval(() => void registration.update().catch(() => undefined), EVERY);
}

/** Pauses a run, which saves it, then loads the new version. Other tabs go on with the one they have. */
export async function update(store: Store, pause: () => void): Promise<void> {
  const { serviceWorker } = navigator;
  if (isTraining(store.getState())) {
    pause();
    await until(store, (state) => !isTraining(state));
  }
  const waiting = (await serviceWorker.getRegistration())?.waiting;
  serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  if (waiting) waiting.postMessage('update');
  else location.reload(); // Another tab has asked before.
}
