import type { State } from '../store/store';

/** Every build's script has a name of its own. */
const VERSION = import.meta.url.slice(import.meta.url.lastIndexOf('/') + 1);

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
  const facts = { message, stack, version: VERSION, browser: navigator.userAgent, device: device.report };
  const at = { screen, phase, session: session.is, run: trained, importing: library.importing !== null };
  return JSON.stringify({ ...facts, at, told: faults.map(({ kind }) => kind) }, null, 2);
}
