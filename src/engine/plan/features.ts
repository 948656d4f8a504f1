import type { DeviceFeature } from '../../core/performance';

/** WGSL's name of a feature, and what it is for or why it can be spared. */
const KERNEL_FEATURES = [
  {
    name: 'subgroups',
    extension: 'subgroups',
    used: 'Where a group of threads adds up, neighbours do so without going through memory.',
    spared: 'No kernel of this step needs it: sums go through memory that every device has.',
  },
  {
    name: 'shader-f16',
    extension: 'f16',
    used: 'Activations, and copies of the filters, are kept in half the bytes; sums and weights in 32 bits.',
    spared: 'This run keeps its activations in 32 bits, as the reference does. The setting Precision is the choice.',
  },
] as const;

/**
 * Features that could make a step faster or tell more of it. The device has all that its adapter offers.
 * @param enables whether a kernel in use asks for an extension of WGSL.
 */
export function featuresOf(
  device: { readonly features: ReadonlySet<string> },
  enables: (extension: string) => boolean,
): DeviceFeature[] {
  const missing = 'This device or browser does not offer it.';
  const kernels = KERNEL_FEATURES.map(({ name, extension, used, spared }): DeviceFeature => {
    const offered = device.features.has(name);
    const inUse = offered && enables(extension);
    return { name, offered, used: inUse, why: inUse ? used : offered ? spared : missing };
  });
  const timed = device.features.has('timestamp-query');
  const why = timed ? 'Times the kernels, now and then in a step.' : `${missing} So kernels cannot be timed.`;
  return [...kernels, { name: 'timestamp-query', offered: timed, used: timed, why }];
}
