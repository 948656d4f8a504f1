import { expect, test } from 'vitest';
import { compile } from '../../engine/plan/lower/compile';
import { SOFTWARE } from '../../engine/plan/tune/tuning';
import { embedProgram } from '../embed';
import { inceptionV3 } from './inception_v3';
import { mobilenetV2 } from './mobilenet_v2';

test.each([
  // Each convolution with what follows it, three maxima, five averages, six concatenations, the mean, two for the range.
  ['InceptionV3', inceptionV3(), 50 + 3 + 5 + 6 + 1 + 2],
  // Seventeen of the convolutions are depthwise; the sum with a block's input is in its last one.
  ['MobileNetV2', mobilenetV2(), 52 + 1 + 2],
])(
  '%s embeds on the recorded plan with each convolution and what follows it in one launch',
  (_, backbone, launches) => {
    const { commands } = compile(embedProgram({ backbone, head: 'linear', dim: 8 }, 'query', 64, 2), SOFTWARE);
    expect(commands.filter(({ type }) => type === 'dispatch')).toHaveLength(launches);
  },
);
