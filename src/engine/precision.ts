import { Fault } from '../core/fault';

/** Whether kernels on a device can load and store numbers of 16 bits. */
export const keepsHalf = ({ features }: { readonly features: ReadonlySet<string> }): boolean =>
  features.has('shader-f16');

/** What to throw where a program is to keep its activations in half precision and nothing here can: `who` does not. */
export const noHalf = (who: string): Fault =>
  new Fault(
    'device',
    `${who} keep activations in half precision, as this run asks for.`,
    'Start a run of full precision, or choose WebGPU on a graphics card that offers shader-f16.',
  );
