import type { NamedArray } from '../../src/core/records';
import { fitRefinement } from '../../src/evaluate/refine/refinement';
import { MEAN, STD } from '../../src/learn/augment/views';
import type { Architecture } from '../../src/learn/backbones/architecture';
import { encoderOnnx } from '../../src/learn/onnx/encoder';
import { type ExportedModel, PYTHON_OPEN } from './onnx';

/** An encoder as a folder that transformers.js loads, with what it does to pictures before the model: file name -> bytes. */
export function transformersFiles(
  encoder: Architecture,
  variables: Readonly<Record<string, NamedArray>>,
  { name, side, margin, owner, table }: ExportedModel,
): Record<'config.json' | 'preprocessor_config.json' | 'onnx/model.onnx' | 'README.md', Uint8Array> {
  const about = `${name}: normalised squares of ${side} px -> embeddings of length 1`;
  const refinement = fitRefinement(table);
  const utf8 = new TextEncoder();
  const json = (value: unknown): Uint8Array => utf8.encode(`${JSON.stringify(value, null, 2)}\n`);
  const three = (value: number): number[] => [value, value, value];
  return {
    // It is of none of the classes there; the base class takes a model as it is.
    'config.json': json({ model_type: 'lookalike', hidden_size: refinement.dims }),
    'preprocessor_config.json': json({
      image_processor_type: 'CLIPImageProcessor',
      ...{ do_convert_rgb: true, do_resize: true, size: { shortest_edge: Math.round(side * margin) }, resample: 3 },
      ...{ do_center_crop: true, crop_size: { height: side, width: side } },
      ...{ do_rescale: true, rescale_factor: 1 / 255 },
      ...{ do_normalize: true, image_mean: three(MEAN), image_std: three(STD) },
    }),
    'onnx/model.onnx': encoderOnnx(encoder, variables, { side, owner, refinement, about, normalised: true }),
    'README.md': utf8.encode(readme(name, table.dim, refinement.dims)),
  };
}

const readme = (name: string, dim: number, dims: number): string => `# ${name}

A folder for transformers.js. \`image_embeds\`, float32 [N, ${dims}], is what the page searches with, and \`embedding\`,
float32 [N, ${dim}], what the network gives. It warns that the class of the model is not one it knows, and takes it as it is. Rows have length 1: their dot product is the cosine similarity.

In JavaScript (\`npm install @huggingface/transformers\`), where this folder is \`./model\`:

\`\`\`js
import { env, pipeline, RawImage } from '@huggingface/transformers';

Object.assign(env, { allowRemoteModels: false, localModelPath: './' });
const extract = await pipeline('image-feature-extraction', 'model', { dtype: 'fp32' });
// The page puts transparent pictures on white, too.
const onWhite = async (path) => {
  const picture = (await RawImage.read(path)).rgba();
  const { data } = picture;
  data.forEach((value, i) => (data[i] = value + (255 - value) * (1 - data[i | 3] / 255)));
  return picture;
};
const pictures = await Promise.all(['one.jpg', 'other.jpg'].map(onWhite));
const [one, other] = (await extract(pictures)).tolist();
console.log(one.reduce((sum, value, i) => sum + value * other[i], 0));
\`\`\`

In Python (\`pip install onnxruntime pillow numpy\`), in this folder:

\`\`\`python
import json
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

how = json.load(open("preprocessor_config.json"))
edge, side = how["size"]["shortest_edge"], how["crop_size"]["height"]

def pixel_values(path):
${PYTHON_OPEN}
    picture = ImageOps.fit(picture, (edge, edge), Image.Resampling.BICUBIC)
    at = (edge - side) // 2
    values = np.asarray(picture.crop((at, at, at + side, at + side)), np.float32) * how["rescale_factor"]
    return ((values - how["image_mean"]) / how["image_std"]).transpose(2, 0, 1).astype(np.float32)

session = onnxruntime.InferenceSession("onnx/model.onnx")
pictures = np.stack([pixel_values(path) for path in ["one.jpg", "other.jpg"]])
(embeds,) = session.run(["image_embeds"], {"pixel_values": pictures})
print(embeds @ embeds.T)
\`\`\`
`;
