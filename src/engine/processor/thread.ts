/// <reference lib="webworker" />
import type { Exports } from './module';
import type { Service } from './threads';

// One of our threads. It never returns from `serve`: whoever started it ends it.
self.onmessage = ({ data: { module, memory, control, scratch } }: MessageEvent<Service>) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  self.postMessage('ready');
  (exports as unknown as Exports).serve(control, scratch);
};
