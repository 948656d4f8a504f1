import { expect, test } from 'vitest';
import { openFrozen } from './frozen';

/** A Keras network of one 1 x 1 convolution without bias: y = x w, [.., 3] -> [.., 2]. */
const topology = {
  keras_version: '2.2.4',
  backend: 'tensorflow',
  model_config: {
    class_name: 'Model',
    config: {
      name: 'model',
      layers: [
        {
          name: 'input_1',
          class_name: 'InputLayer',
          config: { batch_input_shape: [null, 8, 8, 3], dtype: 'float32', name: 'input_1' },
          inbound_nodes: [],
        },
        {
          name: 'conv',
          class_name: 'Conv2D',
          config: { name: 'conv', filters: 2, kernel_size: [1, 1], use_bias: false, padding: 'valid' },
          inbound_nodes: [[['input_1', 0, 0, {}]]],
        },
      ],
      input_layers: [['input_1', 0, 0]],
      output_layers: [['conv', 0, 0]],
    },
  },
};
const kernel = Float32Array.of(1, 10, 2, 20, 3, 30);
const weights = [{ name: 'conv/kernel', shape: [1, 1, 3, 2], dtype: 'float32' as const }];

test('a frozen network sees values of 0 to 1 at its own size, and is pooled over positions', async () => {
  const shape = { batch: 2, side: 4, resized: 8, mean: 0.5, deviation: 0.25 };
  const frozen = await openFrozen('wasm', { topology, weights, data: kernel.buffer }, shape);
  // Each picture of one colour, so that resizing leaves it as it is: (value - mean) / deviation is fed.
  const colours = [
    [0, 0.5, 1],
    [1, 0.25, 0],
  ];
  const pictures = Float32Array.from(
    { length: 2 * 4 * 4 * 3 },
    (_, i) => (colours[Math.floor(i / 48)][i % 3] - 0.5) / 0.25,
  );
  const { embeddings } = await frozen.run({ pictures });
  const expected = colours.flatMap(([r, g, b]) => [r + 2 * g + 3 * b, 10 * r + 20 * g + 30 * b]);
  expect(embeddings).toHaveLength(4);
  embeddings.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 4);
  });
  frozen.dispose();
});
