import { Fault } from '../core/fault';
import { isSoftware } from './software';

/** A GPUDevice of our own making: with all that the adapter has to give, shared by everything that computes here. */
export interface Graphics {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** For people: 'SwiftShader', 'apple metal-3'. */
  readonly name: string;
  /** True when a processor imitates a GPU. */
  readonly software: boolean;
  /** Resolves, with what to throw, when the device is lost, its memory has run out or it refused something. */
  readonly lost: Promise<Fault>;
}

/** The adapter that a GPUDevice would come from, or null; `software` as far as the browser lets us see. */
export async function findAdapter(): Promise<{ adapter: GPUAdapter; name: string; software: boolean } | null> {
  const adapter = (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  if (!adapter) return null;
  const { info } = adapter;
  const name =
    info.description || [info.vendor, info.architecture || info.device].filter(Boolean).join(' ') || 'unnamed';
  const words = [info.vendor, info.architecture, info.device, info.description].join(' ');
  return { adapter, name, software: info.isFallbackAdapter || isSoftware(words) };
}

let opened: Promise<Graphics> | null = null;

/** @throws Fault('device') when this machine or browser has no WebGPU. */
export function openGraphics(): Promise<Graphics> {
  if (opened) return opened;
  const graphics = open();
  opened = graphics;
  // What failed may work the next time, and what is lost has to be made anew.
  const forget = () => {
    if (opened === graphics) opened = null;
  };
  graphics.then(({ lost }) => lost.then(forget), forget);
  return graphics;
}

async function open(): Promise<Graphics> {
  const found = await findAdapter();
  if (!found) throw new Fault('device', 'This browser offers no WebGPU on this machine.', 'Choose another device.');
  const { adapter, name, software } = found;
  const device = await adapter.requestDevice({
    requiredFeatures: [...adapter.features] as GPUFeatureName[],
    requiredLimits: limitsOf(adapter),
  });
  return { device, info: adapter.info, name, software, lost: lostFault(device) };
}

/** What to throw once the device is lost, or has refused what nobody asked it about beforehand. */
export const lostFault = (device: GPUDevice): Promise<Fault> => Promise.race([goneFault(device), refusedFault(device)]);

const goneFault = async (device: GPUDevice): Promise<Fault> => {
  const { message } = await device.lost;
  return new Fault(
    'device',
    `The graphics device was lost${message ? `: ${message}` : '.'}`,
    'Go on from the last checkpoint, or choose another device.',
  );
};

/** What the device refused to make reads as zeros, and what it refused to run was not run: all after that is worthless. */
const refusedFault = (device: GPUDevice): Promise<Fault> =>
  new Promise((resolve) => {
    device.addEventListener('uncapturederror', ({ error }) => {
      // Of kind 'device' also where memory ran out: nothing made on it can be trusted, and a smaller step would not mend that.
      const [what, advice] =
        error instanceof GPUOutOfMemoryError
          ? ['has no memory left for this step.', 'choose a smaller batch, smaller views or a narrower encoder.']
          : [`refused a part of this step: ${error.message}`, 'choose another device.'];
      resolve(new Fault('device', `The graphics device ${what}`, `Go on from the last checkpoint, or ${advice}`));
    });
  });

function limitsOf(adapter: GPUAdapter): Record<string, number> {
  const limits: Record<string, number> = {};
  // The names sit on the prototype, where Object.entries does not look.
  for (const name in adapter.limits) {
    const limit = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof limit === 'number') limits[name] = limit;
  }
  return limits;
}
