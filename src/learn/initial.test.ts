import { expect, test } from 'vitest';
import { resnet } from './backbones/resnet';
import { encoderWeights } from './encoder';
import { initialWeights } from './initial';
import { initialMoco } from './methods/moco';
import { TINY_ENCODER } from './tiny.testing';

const wide = resnet({ block: 'basic', blocks: [1, 1], width: 64, stem: 'cifar' });
const specs = encoderWeights({ ...TINY_ENCODER, backbone: wide });
const deviation = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0) / x.length);

test('convolutions have variance 2 / fan out, as torchvision draws them', () => {
  const weights = initialWeights(specs, 0);
  for (const name of ['layer1.0.conv1.weight', 'layer2.0.conv2.weight']) {
    const { shape, data } = weights[name];
    expect(deviation(data)).toBeCloseTo(Math.sqrt(2 / (9 * shape[3])), 3);
  }
});

test("linears and their biases lie within torch's bound and fill it", () => {
  const weights = initialWeights(specs, 0);
  for (const name of ['fc.0.weight', 'fc.0.bias', 'fc.2.weight']) {
    const largest = Math.max(...weights[name].data.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(128));
    expect(largest).toBeGreaterThan(0.9 / Math.sqrt(128));
  }
});

test('the same seed gives the same weights, another seed others, and no two weights share their draws', () => {
  const small = encoderWeights(TINY_ENCODER);
  const [one, same, other] = [initialWeights(small, 5), initialWeights(small, 5), initialWeights(small, 6)];
  expect(one).toEqual(same);
  expect(other['conv1.weight'].data).not.toEqual(one['conv1.weight'].data);
  expect(one['layer1.0.conv1.weight'].data).not.toEqual(one['layer1.0.conv2.weight'].data);
});

test('the key encoder starts as an exact copy, head included, and velocities at rest', () => {
  const variables = initialMoco(TINY_ENCODER, 12, 0);
  for (const { name } of encoderWeights(TINY_ENCODER))
    expect(variables[`key.${name}`]).toEqual(variables[`query.${name}`]);
  expect(variables['velocity.fc.2.bias'].data).toEqual(new Float32Array(6));
  expect(variables['velocity.bn1.running_mean']).toBeUndefined();
});
