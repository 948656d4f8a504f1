import type { State } from '../store/store';

/** What went wrong, for whoever mends it, as JSON: names and paths of pictures are not in it. */
export function reportText(state: State, { message, stack }: Pick<Error, 'message' | 'stack'>): string {
  const { device, training, library, faults, screen } = state;
  const { phase, session, run, saved } = training;
  const trained = run && {
    method: run.config?.method,
    steps: run.config?.steps,
    status: run.status,
    saved: saved?.step,
  };
  // The stack names the page's scripts, and with them its version.
  const facts = { message, stack, browser: navigator.userAgent, device: device.report };
  const at = { screen, phase, session: session.is, run: trained, importing: library.importing !== null };
  return JSON.stringify({ ...facts, at, told: faults.map(({ kind }) => kind) }, null, 2);
}
