import type { DeviceFeature } from '../../core/performance';
import type { Gpu } from './gpu';

/** WGSL's name of a feature, and what it is for or why it can be spared. */
const KERNEL_FEATURES = [
  {
    name: 'subgroups',
    extension: 'subgroups',
    used: 'Neighbouring threads add up without going through memory.',
    spared: 'No kernel of this step needs it: sums go through memory that every device has.',
  },
  {
    name: 'shader-f16',
    extension: 'f16',
    used: 'Some values are kept in half the bytes.',
    spared: 'Training computes in 32 bits, as the reference does.',
  },
] as const;

/** Features that could make a step faster or tell more of it. The device has all that its adapter offers. */
export function featuresOf(gpu: Pick<Gpu, 'device' | 'enables'>): DeviceFeature[] {
  const missing = 'This device or browser does not offer it.';
  const kernels = KERNEL_FEATURES.map(({ name, extension, used, spared }): DeviceFeature => {
    const offered = gpu.device.features.has(name);
    const inUse = offered && gpu.enables(extension);
    return { name, offered, used: inUse, why: inUse ? used : offered ? spared : missing };
  });
  const timed = gpu.device.features.has('timestamp-query');
  const why = timed ? 'Times the kernels, now and then in a step.' : `${missing} So kernels cannot be timed.`;
  return [...kernels, { name: 'timestamp-query', offered: timed, used: timed, why }];
}
