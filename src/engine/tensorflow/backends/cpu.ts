import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { type Backend, NEVER_LOST, unavailable } from './open';

/** Plain JavaScript: slow, everywhere, and the yardstick of the others. */
export async function openCpu(): Promise<Backend> {
  if (!(await tf.setBackend('cpu'))) throw unavailable('TensorFlow.js could not start its plain JavaScript backend.');
  return { name: 'cpu', device: 'JavaScript, one thread', software: false, lost: NEVER_LOST };
}
