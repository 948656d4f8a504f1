import { expect, test } from 'vitest';
import { compile } from '../engine/plan/lower/compile';
import { updatedInPlace } from '../engine/plan/lower/in_place';
import { bufferSizes } from '../engine/plan/memory/buffers';
import { HARDWARE } from '../engine/plan/tune/tuning';
import { elements } from '../graph/tensor';
import { resnet } from './backbones/resnet';
import { mocoStep } from './methods/moco';
import { TINY_MOCO } from './tiny.testing';

const backbone = resnet({ block: 'basic', blocks: [2, 2, 2, 2], width: 64, stem: 'cifar' });

/** Bytes that a step of ResNet-18 holds beside its variables, and those of its gradients. */
function planned(batch: number) {
  const encoder = { backbone, head: 'linear' as const, dim: 128 };
  const compiled = compile(mocoStep(encoder, { ...TINY_MOCO, side: 32, queue: 512, batch, groups: 1 }), HARDWARE);
  const sizes = bufferSizes({ ...compiled, commands: updatedInPlace(compiled.commands) });
  const learned = [...compiled.variables].filter(([name]) => /^query\..*(weight|bias)$/.test(name));
  const gradients = learned.reduce((sum, [, { node }]) => sum + 4 * elements(node.shape), 0);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), largest: Math.max(...sizes), gradients };
}

test('on a graphics card half the batch takes half of all but the gradients and the parts of one layer’s', () => {
  const [whole, half] = [planned(8), planned(4)];
  const parts = 12e6;
  expect(half.bytes - half.gradients - parts).toBeLessThan((whole.bytes - whole.gradients - parts) / 2);
  // The gradients lie side by side: nothing takes more at a time.
  expect(whole.largest).toBeLessThan(1.05 * whole.gradients);
});
