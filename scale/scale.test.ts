import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPytorch } from '../bin/bench/pytorch';
import { pretrainedFile } from '../bin/vite/pretrained';
import type { BackboneName, RunConfig } from '../src/core/config';
import { chooseDefaults } from '../src/core/defaults';
import { readSafetensors } from '../src/core/formats/safetensors';
import { writeSafetensors } from '../src/core/formats/write_safetensors';
import { PRETRAINED } from '../src/core/pretrained';
import type { NamedArray } from '../src/core/records';
import { scaleRecipe } from '../src/core/scale_recipe';
import { learningRate } from '../src/core/schedule';
import { architecture } from '../src/learn/backbones/architecture';
import { encoderWeights } from '../src/learn/encoder';
import { initialWeights } from '../src/learn/initial';
import { readStartWeights } from '../src/learn/start';
import { fileTensors } from '../src/learn/torch_layout';
import { owned } from '../src/learn/weights';
import { onnxFiles } from '../workers/trainer/onnx';
import { transformersFiles } from '../workers/trainer/transformers';

// scale/train.py is held to the page's training where PyTorch is installed: PYTHON names an interpreter that has it.

const pytorch = findPytorch();
/** Milliseconds: PyTorch takes seconds to begin, and more where much else is going on. */
const PATIENCE = 300_000;
const withPytorch = test.skipIf(!pytorch);
const folder = mkdtempSync(join(tmpdir(), 'lookalike-scale-'));
const scale = new URL('.', import.meta.url).pathname;

/** Runs Python in scale/; rejects with what it said. */
function python(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      LOOKALIKE_NETWORKS: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      OMP_NUM_THREADS: '1',
      OMP_WAIT_POLICY: 'PASSIVE',
    };
    const running = spawn(pytorch?.python ?? '', args, { cwd: scale, env });
    let said = '';
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (part) => (said += part));
    running.on('close', (status) => (status === 0 ? resolve(said) : reject(new Error(said))));
  });
}

/** A backbone's weights as a file of the page's names. */
function write(path: string, config: Pick<RunConfig, 'backbone' | 'width' | 'stem' | 'head' | 'dim'>, seed: number) {
  const encoder = architecture(config);
  const weights = owned('query', initialWeights(encoderWeights(encoder), seed));
  const tensors = fileTensors(weights, encoder);
  writeFileSync(path, writeSafetensors(tensors, { producer: 'Lookalike' }));
  return tensors;
}

beforeAll(() => {
  if (!pytorch) process.stderr.write('scale/: its tests are skipped, since no Python here has PyTorch.\n');
  else
    for (const { name } of PRETRAINED) {
      const { weights } = readStartWeights(name, Uint8Array.from(pretrainedFile(name)).buffer);
      writeFileSync(join(folder, `${name}.safetensors`), writeSafetensors(weights, {}));
    }
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true }));

withPytorch.each([
  ['Fixtures', 'makes the steps of the PyTorch reference, and embeds with its networks'],
  ['Processes', 'two processes are one'],
  [
    'Runs',
    'resumes to the last bit, reads tars and 16 bits, leaves out what is hidden, names damaged pictures, refuses other recipes',
  ],
])(
  '%s: %s',
  async (name) => {
    await python(['-m', 'unittest', `test_scale.${name}`]);
  },
  PATIENCE,
);

withPytorch(
  'weights come back from train.py with 0 steps equal to the last bit',
  async () => {
    const picture = new URL('../public/sample/bird/owl.jpg', import.meta.url).pathname;
    const facts = { count: 100, medianSide: 300, storedSide: 80, imagesPerSecond: 0 };
    const chosen = chooseDefaults(facts, 'simclr', 0, null);
    const backbones: BackboneName[] = ['resnet50', 'mobilenet-v2', 'inception-v3'];
    const given = backbones.map((backbone) => {
      const config: RunConfig = { ...chosen, backbone, width: 16, stem: 'imagenet', side: 64 };
      const weights = `${backbone}.given.safetensors`;
      writeFileSync(
        join(folder, `${backbone}.json`),
        JSON.stringify(scaleRecipe(config, { weights, name: 'x', step: 5 })),
      );
      return write(join(folder, weights), config, 3);
    });
    const runs = backbones.map((backbone) => [
      ...['train.py', join(folder, `${backbone}.json`), '--images', picture],
      ...['--out', join(folder, backbone), '--steps', '0', '--workers', '0'],
    ]);
    const code = 'import json, sys, train\nfor sys.argv in json.loads(sys.argv[1]):\n    train.main()';
    await python(['-c', code, JSON.stringify(runs)]);

    const bits = ({ shape, data }: NamedArray) =>
      `${shape} ${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')}`;
    backbones.forEach((backbone, i) => {
      const bytes = Uint8Array.from(readFileSync(join(folder, backbone, 'model.safetensors'))).buffer;
      const { tensors, metadata } = readSafetensors(bytes);
      for (const [name, expected] of Object.entries(given[i]))
        expect(bits(tensors.get(name) as NamedArray) === bits(expected), name).toBe(true);
      expect(tensors.size).toBe(Object.keys(given[i]).length);
      expect(metadata).toMatchObject({ producer: 'Lookalike', step: '5', side: '64' });
      expect(readStartWeights('model.safetensors', bytes)).toMatchObject({ encoder: { backbone }, side: 64 });
    });
  },
  PATIENCE,
);

withPytorch(
  'lines that come with an exported model see what train.py does: white behind what is transparent, 16-bit grey',
  async () => {
    const encoder = architecture({ backbone: 'resnet8', width: 16, stem: 'cifar', head: 'linear', dim: 2 });
    const variables = owned('query', initialWeights(encoderWeights(encoder), 3));
    const table = { values: new Float32Array(6).map((_, i) => i % 5), count: 3, dim: 2 };
    const model = { name: 'test', side: 32, margin: 1, owner: 'query', table };
    const transformers = transformersFiles(encoder, variables, model);
    const lines = [onnxFiles(encoder, variables, model), transformers].map((files) => {
      const readme = new TextDecoder().decode(files['README.md']);
      return /```python\n(.*?)^session = /ms.exec(readme)?.[1].replace(/^import onnxruntime$/m, '');
    });
    const there = mkdtempSync(join(folder, 'seen-'));
    writeFileSync(join(there, 'preprocessor_config.json'), transformers['preprocessor_config.json']);
    const code = `import os, sys, numpy as np
from PIL import Image
from backbones import MEAN, STD
from pictures import Pictures
os.chdir(sys.argv[1])
bytes = np.random.default_rng(0).integers(0, 256, (32, 32, 4), np.uint8)
bytes[:9, :, 3] = 0
picture = Image.fromarray(bytes)
picture.save("rgba.png")
picture.convert("LA").save("la.png")
picture.convert("RGB").save("rgb.png")
picture.convert("RGB").quantize(8).save("palette.png", transparency=3)
Image.fromarray(bytes.view(np.uint16)[:, :, 0].copy()).save("16.png")
for lines in sys.argv[2:]:
    exec(lines)
pictures = Pictures(".")
for row, (name, *_) in enumerate(pictures.found):
    right = np.asarray(pictures.square(row, 32))
    np.testing.assert_array_equal(square(name), right, name)
    np.testing.assert_allclose(pixel_values(name), ((right / 255 - MEAN) / STD).transpose(2, 0, 1), 0, 1e-5, err_msg=name)
print(row)`;
    expect(await python(['-c', code, there, ...lines.map(String)])).toBe('4\n');
  },
  PATIENCE,
);

withPytorch('learning rates are those of the page', async () => {
  const shapes = [
    { learningRate: 0.3, steps: 50, warmup: 0.1, schedule: 'cosine' },
    { learningRate: 0.3, steps: 50, warmup: 0, schedule: 'steps' },
    { learningRate: 0.3, steps: 50, warmup: 0.5, schedule: 'constant' },
  ] as const;
  const code = `import json, types, recipe
print(json.dumps([[recipe.learning_rate(types.SimpleNamespace(**c), s) for s in range(50)] for c in ${JSON.stringify(shapes)}]))`;
  const rates: number[][] = JSON.parse(await python(['-c', code]));
  shapes.forEach((shape, i) => {
    rates[i].forEach((rate, step) => {
      expect(rate).toBeCloseTo(learningRate(shape, step), 12);
    });
  });
});
