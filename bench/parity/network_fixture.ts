import { Fault } from '../../src/core/fault';
import type { Tensor } from '../../src/core/formats/safetensors';
import { PRETRAINED, type PretrainedName } from '../../src/core/pretrained';

/** Pictures of a fixture. */
export const BATCH = 4;

/**
 * What the PyTorch reference makes of a bundled network and of random pictures, written by pretrained_reference.py:
 * `input` [4, S, S, 3] of 0 .. 1, `embeddings` and `direction` [4, D], and the gradients of sum(embeddings * direction),
 * `gradient.input` and for each layer `gradient.NAME` of its weights in torch's layout, or `gradient.NAME_scale` and
 * `gradient.NAME_shift` of a norm. A compact fixture has `summary.` in the place of `gradient.`, see `gradient_summary.ts`.
 */
export interface NetworkFixture {
  name: string;
  network: PretrainedName;
  side: number;
  tensors: ReadonlyMap<string, Tensor>;
}

/** The fixture's settings when it is one of a network, else null: then it is one of a training step. */
export function networkFixture(
  name: string,
  metadata: Readonly<Record<string, string>>,
  tensors: ReadonlyMap<string, Tensor>,
): NetworkFixture | null {
  const settings = parsed(metadata.config);
  if (!settings || !('net' in settings)) return null;
  const network = PRETRAINED.find((one) => one.name === settings.net)?.name;
  if (!network) throw new Fault('file', `${name}: there is no network '${settings.net}'.`);
  const side = settings.side;
  if (!Number.isInteger(side) || (side as number) < 1 || (side as number) > 512)
    throw new Fault('file', `${name}: the setting 'side' is ${JSON.stringify(side) ?? 'missing'}.`);
  return { name, network, side: side as number, tensors };
}

/** Settings that are no JSON are left to whoever reads fixtures of training. */
function parsed(text: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
