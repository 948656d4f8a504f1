/** What the kernels' module offers; kernels/index.ts. */
export interface Exports {
  run(control: number, kernel: number, tasks: number, threads: number, scratch: number, sleeps: number): void;
  serve(control: number, scratch: number): void;
}

/** All that a thread needs to serve. Addresses are in the shared memory. */
export interface Service {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: number;
  scratch: number;
}

/** A thread that does not come up within this many milliseconds is done without. */
const PATIENCE = 5000;

/** Starts a thread; resolves when it serves. */
function start(service: Service): Promise<boolean> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve) => {
    const settle = (serves: boolean) => {
      clearTimeout(timer);
      if (!serves) worker.terminate();
      resolve(serves);
    };
    const timer = setTimeout(() => settle(false), PATIENCE);
    worker.onmessage = () => settle(true);
    worker.onerror = () => settle(false);
    worker.postMessage(service);
  });
}

/** Starts these threads; how many of them serve. They live as long as the thread that asked for them. */
export async function startThreads(services: readonly Service[]): Promise<number> {
  const serving = await Promise.all(services.map(start));
  return serving.filter(Boolean).length;
}
