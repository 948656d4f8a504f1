import { getKernel, type KernelConfig, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Puts kernels of ours in the place of the backend's own, or where it has none. Before the backend starts. */
export function overrideKernels(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    if (getKernel(kernel.kernelName, kernel.backendName)) unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel(kernel);
  }
}

export type StockKernel = KernelFunc;
const stock = new Map<string, KernelFunc>();

/** A kernel of ours that may hand over to the backend's own. */
export function wrapped(
  kernelName: string,
  backendName: string,
  wrap: (stock: StockKernel) => StockKernel,
): KernelConfig {
  const name = `${backendName} ${kernelName}`;
  // Remembered: a backend that was lost is opened again, and by then the kernel in its place is ours.
  const own = stock.get(name) ?? getKernel(kernelName, backendName).kernelFunc;
  stock.set(name, own);
  return { ...getKernel(kernelName, backendName), kernelFunc: wrap(own) };
}
