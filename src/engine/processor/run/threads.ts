/** All that a thread needs to serve. Addresses are in the shared memory. */
export interface Service {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: number;
  scratch: number;
}

/** A thread that does not come up within this many milliseconds is done without. */
const PATIENCE = 5000;

/** Starts a thread; resolves when it serves, to null when it does not. */
function start(service: Service): Promise<Worker | null> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve) => {
    const settle = (serves: boolean) => {
      clearTimeout(timer);
      if (!serves) worker.terminate();
      resolve(serves ? worker : null);
    };
    const timer = setTimeout(() => settle(false), PATIENCE);
    worker.onmessage = () => settle(true);
    worker.onerror = () => settle(false);
    worker.postMessage(service);
  });
}

/** Starts these threads; those of them that serve. */
export async function startThreads(services: readonly Service[]): Promise<Worker[]> {
  const serving = await Promise.all(services.map(start));
  return serving.filter((worker) => worker !== null);
}
