/// <reference lib="webworker" />
import { instantiate } from './module';
import type { Service } from './threads';

// One of our threads. It never returns from `serve`: whoever started it ends it.
self.onmessage = ({ data: { module, memory, control, scratch } }: MessageEvent<Service>) => {
  const { serve } = instantiate(module, memory);
  self.postMessage('ready');
  serve(control, scratch);
};
