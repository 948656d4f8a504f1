import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { Fault } from '../../../core/fault';
import { overrideKernels } from '../override';
import { convolutionKernels } from '../webgpu/convolution';
import { normalisationKernels } from '../webgpu/normalisation';
import { type Backend, unavailable } from './open';
import { isPretender } from './pretender';

/** The adapter that a GPUDevice would come from, or null; `software` as far as the browser lets us see. */
export async function findAdapter(): Promise<{ adapter: GPUAdapter; name: string; software: boolean } | null> {
  const adapter = (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  if (!adapter) return null;
  const { info } = adapter;
  const name =
    info.description || [info.vendor, info.architecture || info.device].filter(Boolean).join(' ') || 'unnamed';
  const words = [info.vendor, info.architecture, info.device, info.description].join(' ');
  return { adapter, name, software: info.isFallbackAdapter || isPretender(words) };
}

/**
 * WebGPU on a device of our own making: TensorFlow.js asks for few of the adapter's limits and for none of its features.
 * The recorded plan shares this device.
 */
export async function openWebgpu(): Promise<Backend> {
  const found = await findAdapter();
  if (!found) throw unavailable('This browser offers no WebGPU on this machine.');
  const { adapter, name, software } = found;
  const device = await adapter.requestDevice({
    requiredFeatures: [...adapter.features] as GPUFeatureName[],
    requiredLimits: limitsOf(adapter),
  });
  // The package has registered a factory that would make a device of its own.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  overrideKernels([...convolutionKernels(), ...normalisationKernels]);
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  if (!(await tf.setBackend('webgpu'))) throw unavailable('TensorFlow.js could not start on WebGPU.');
  return { name: 'webgpu', device: name, software, lost: Promise.race([lostFault(device), memoryFault(device)]) };
}

const lostFault = async (device: GPUDevice): Promise<Fault> => {
  const { message } = await device.lost;
  return new Fault(
    'device',
    `The graphics device was lost${message ? `: ${message}` : '.'}`,
    'Go on from the last checkpoint, or choose another device.',
  );
};

/** Buffers that could not be had read as zeros: everything after that is worthless. */
const memoryFault = (device: GPUDevice): Promise<Fault> =>
  new Promise((resolve) => {
    device.addEventListener('uncapturederror', ({ error }) => {
      if (!(error instanceof GPUOutOfMemoryError)) return;
      const advice = 'Choose a smaller batch, smaller views or a narrower encoder.';
      resolve(new Fault('memory', 'The graphics card has no memory left for this step.', advice));
    });
  });

/** All that the adapter has to give. */
function limitsOf(adapter: GPUAdapter): Record<string, number> {
  const limits: Record<string, number> = {};
  // The names sit on the prototype, where Object.entries does not look.
  for (const name in adapter.limits) {
    const limit = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof limit === 'number') limits[name] = limit;
  }
  return limits;
}
