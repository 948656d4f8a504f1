import { currentDataset, type Store } from '../store/store';

/** Whether the browser has notifications, and the user has not yet said whether they are wanted. */
export const mayAsk = (): boolean => 'Notification' in globalThis && Notification.permission === 'default';

/** Says that a run has ended where the page is out of sight, and the user wants to be told. */
export function noticeEnds(store: Store): void {
  store.subscribe((state, before) => {
    const { run } = state.training;
    const ran = before.training.run;
    const ended = run?.status === 'finished' && ran?.status === 'running' && ran.id === run.id;
    if (ended && document.visibilityState === 'hidden') void tell(currentDataset(state)?.name ?? '');
  });
}

async function tell(pictures: string): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const [title, body] = ['Training has ended', `${pictures}: see whether search got better.`];
  // Android has those of service workers only.
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.active) await registration.showNotification(title, { body });
  else new Notification(title, { body }).onclick = () => window.focus();
}
