import type { StepReport } from '../core/records';
import { birds, device, FakeLocks, type FakeTab, fakeTab, run, type Stored } from './fakeParts.testing';

export const stored = (fields: Partial<Stored> = {}): Stored => ({
  datasets: [birds],
  runs: [],
  histories: {},
  ...fields,
});
export const training = (tab: FakeTab) => tab.parts.store.getState().training;
export const session = (tab: FakeTab) => training(tab).session.is;
export const faults = (tab: FakeTab) => tab.parts.store.getState().faults;
export const asked = (tab: FakeTab) => tab.trainer.sent.map(({ type }) => type);
export const step = (number: number): StepReport => ({
  step: number,
  loss: 3,
  accuracy: 0,
  learningRate: 0.1,
  featureStd: 1,
  imagesPerSecond: 9,
});
export const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A tab over a data set, with a device. */
export async function opened(database = stored(), locks = new FakeLocks()): Promise<FakeTab> {
  const tab = fakeTab(database, locks);
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  return tab;
}

/** A tab with a run under way. */
export async function started(locks = new FakeLocks()): Promise<FakeTab> {
  const tab = await opened(stored(), locks);
  await tab.actions.start();
  tab.trainer.say({ type: 'run', run: run() });
  tab.trainer.say({ type: 'steps', run: 'first', reports: [step(1), step(2)] });
  return tab;
}
