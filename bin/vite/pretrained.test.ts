import { describe, expect, it } from 'vitest';
import { PRETRAINED } from '../../src/core/pretrained';
import { pretrainedFiles } from './pretrained';

interface Layer {
  class_name: string;
  name: string;
  config: { filters?: number };
}

describe.each(PRETRAINED)('$title as it is served', ({ name, layer, dim, bytes }) => {
  const { json, weights } = pretrainedFiles(name);
  const { modelTopology, weights: specs } = JSON.parse(json);
  const layers: Layer[] = modelTopology.model_config.config.layers;

  it('ends with its layer, and nothing of the moderation is left', () => {
    expect(layers.at(-1)?.name).toBe(layer);
    expect(layers.filter(({ class_name }) => class_name === 'Dense')).toEqual([]);
    expect(modelTopology.model_config.config.output_layers).toEqual([[layer, 0, 0]]);
  });

  it('has the weights that it lists, a byte each, and the size that the page says', () => {
    const listed = (specs as { shape: number[] }[]).reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    expect(weights.length).toBe(listed);
    expect(Math.abs(weights.length + json.length - bytes)).toBeLessThan(20_000);
  });

  it('puts out as many columns as the page says', () => {
    // The last convolutions: one of MobileNet, the four branches of an Inception block.
    const wide = layers.findLast(({ class_name }) => class_name === 'Conv2D')?.config.filters ?? 0;
    expect(dim % wide).toBe(0);
  });
});
