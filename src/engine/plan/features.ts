import type { DeviceFeature } from '../../core/performance';

/**
 * Features that could make a step faster or tell more of it. The device has all that its adapter offers.
 * @param half whether a program in use keeps its activations in half precision.
 */
export function featuresOf(device: { readonly features: ReadonlySet<string> }, half: boolean): DeviceFeature[] {
  const missing = 'This device or browser does not offer it.';
  const [keepsHalf, timed] = [device.features.has('shader-f16'), device.features.has('timestamp-query')];
  const whyHalf = half
    ? 'Activations, and copies of the filters, are kept in half the bytes; sums and weights in 32 bits.'
    : 'This run keeps its activations in 32 bits, as the reference does. The setting Precision is the choice.';
  const whyTimed = timed
    ? 'Times the kernels, now and then in a step. Browsers round these times to 0.1 ms.'
    : `${missing} So kernels cannot be timed.`;
  return [
    { name: 'shader-f16', offered: keepsHalf, used: keepsHalf && half, why: keepsHalf ? whyHalf : missing },
    { name: 'timestamp-query', offered: timed, used: timed, why: whyTimed },
  ];
}
