import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { openGraphics } from '../../graphics';
import { type Backend, unavailable } from './open';

/**
 * WebGPU on a device of our own making: TensorFlow.js asks for few of the adapter's limits and for none of its features.
 * The recorded plan shares this device.
 */
export async function openWebgpu(): Promise<Backend> {
  const { device, info, name, software, lost } = await openGraphics();
  // The package has registered a factory that would make a device of its own.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, info), 3);
  if (!(await tf.setBackend('webgpu'))) throw unavailable('TensorFlow.js could not start on WebGPU.');
  return { name: 'webgpu', device: name, software, lost };
}
