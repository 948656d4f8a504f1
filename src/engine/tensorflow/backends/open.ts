import type { BackendName } from '../../../core/config';
import { Fault } from '../../../core/fault';

/** Where TensorFlow.js runs: on WebAssembly the plan for processors does (engine/processor). */
export type TensorflowBackend = Exclude<BackendName, 'wasm'>;

/** A TensorFlow.js backend, ready. */
export interface Backend {
  readonly name: TensorflowBackend;
  /** For people: 'SwiftShader'. */
  readonly device: string;
  /** True when a processor imitates a GPU. */
  readonly software: boolean;
  /** Resolves, with what to throw, when the device is lost; never otherwise. */
  readonly lost: Promise<Fault>;
}

export const NEVER_LOST: Promise<Fault> = new Promise(() => undefined);

/** Each backend's code is loaded when it is chosen, and once. */
const openers: Record<TensorflowBackend, () => Promise<Backend>> = {
  webgpu: async () => (await import('./webgpu')).openWebgpu(),
  webgl: async () => (await import('./webgl')).openWebgl(),
  cpu: async () => (await import('./cpu')).openCpu(),
};
const opened = new Map<TensorflowBackend, Promise<Backend>>();
/** One at a time: to open one is to make it TensorFlow.js's current one. */
let turn: Promise<unknown> = Promise.resolve();

/** @throws Fault('device') with one sentence why this machine or browser does not offer it. */
export function openBackend(name: TensorflowBackend): Promise<Backend> {
  const known = opened.get(name);
  if (known) return known;
  const backend = turn.then(openers[name]);
  turn = backend.catch(() => undefined);
  opened.set(name, backend);
  // What failed may work the next time, and what is lost has to be made anew.
  const forget = () => {
    if (opened.get(name) === backend) opened.delete(name);
  };
  backend.then(({ lost }) => lost.then(forget), forget);
  return backend;
}

export const unavailable = (what: string): Fault => new Fault('device', what, 'Choose another device.');
