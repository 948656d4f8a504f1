import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { Fault } from '../../../core/fault';
import { isSoftware } from '../../software';
import { type Backend, unavailable } from './open';

/** WebGL 2 on an offscreen canvas. */
export async function openWebgl(): Promise<Backend> {
  await import('@tensorflow/tfjs-backend-webgl');
  if (!tf.env().getBool('HAS_WEBGL') || !(await tf.setBackend('webgl')))
    throw unavailable('This browser has no WebGL 2.');
  const { gl } = (tf.findBackend('webgl') as MathBackendWebGL).gpgpu;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  // Without the extension the name may be masked, which says nothing against the card.
  const device = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return { name: 'webgl', device, software: isSoftware(device), lost: lostFault(gl) };
}

const lostFault = ({ canvas }: WebGLRenderingContext): Promise<Fault> =>
  new Promise((resolve) => {
    const advice = 'Go on from the last checkpoint, or choose another device.';
    canvas.addEventListener('webglcontextlost', () =>
      resolve(new Fault('device', 'The graphics device was lost.', advice)),
    );
  });
