import type { EmbeddingTable, NamedArray } from '../../src/core/records';
import { fitRefinement } from '../../src/evaluate/refine/refinement';
import type { Architecture } from '../../src/learn/backbones/architecture';
import { encoderOnnx } from '../../src/learn/onnx/encoder';

interface Asked {
  /** 'MoCo v2' */
  name: string;
  /** What it sees: squares of `side` pixels, cut from the centre of `margin` times as much. */
  side: number;
  margin: number;
  /** Whose weights are taken of the variables. */
  owner: string;
  /** Its embeddings, which the refinement is fitted on. */
  table: Pick<EmbeddingTable, 'values' | 'count' | 'dim'>;
}

/** An encoder that other programs run, and how they do: file name -> bytes. */
export function onnxFiles(
  encoder: Architecture,
  variables: Readonly<Record<string, NamedArray>>,
  { name, side, margin, owner, table }: Asked,
): Record<'model.onnx' | 'config.json' | 'README.md', Uint8Array> {
  const about = `${name}: squares of ${side} px, RGB bytes -> embeddings of length 1`;
  const refinement = fitRefinement(table);
  const utf8 = new TextEncoder();
  return {
    // Without it transformers.js loads no model; ours is of none of its classes.
    'config.json': utf8.encode('{ "model_type": "lookalike" }\n'),
    'model.onnx': encoderOnnx(encoder, variables, { side, owner, refinement, about }),
    'README.md': utf8.encode(readme(name, side, Math.round(side * margin), table.dim, refinement.dims)),
  };
}

const readme = (name: string, side: number, whole: number, dim: number, dims: number): string => `# ${name}

\`model.onnx\` takes pictures as bytes, uint8 [N, ${side}, ${side}, 3], RGB: the centre ${side} x ${side} of a picture whose shorter side
has ${whole} pixels. It gives \`embedding\`, float32 [N, ${dim}], and \`refined\`, float32 [N, ${dims}], which is what the page
searches with. Rows have length 1: their dot product is the cosine similarity. \`embeddings.json\` says whose embeddings
\`embeddings.npy\` holds, and whether they are refined.

In Python (\`pip install onnxruntime pillow numpy\`):

\`\`\`python
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

def square(path):
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    picture = ImageOps.fit(picture, (${whole}, ${whole}), Image.Resampling.BICUBIC)
    edge = (${whole} - ${side}) // 2
    return np.asarray(picture.crop((edge, edge, edge + ${side}, edge + ${side})))

session = onnxruntime.InferenceSession("model.onnx")
pictures = np.stack([square(path) for path in ["one.jpg", "other.jpg"]])
embedding, refined = session.run(None, {"pictures": pictures})
print(refined @ refined.T)
\`\`\`

In JavaScript (\`npm install onnxruntime-web\`), where \`pixels\` are the RGB bytes of \`count\` such squares:

\`\`\`js
import * as ort from 'onnxruntime-web';

const session = await ort.InferenceSession.create('model.onnx');
const pictures = new ort.Tensor('uint8', pixels, [count, ${side}, ${side}, 3]);
const { embedding, refined } = await session.run({ pictures });
\`\`\`

Or with transformers.js (\`npm install @huggingface/transformers\`), which reads pictures too, where this folder is \`./model\`:

\`\`\`js
import { AutoModel, env, RawImage, Tensor } from '@huggingface/transformers';

Object.assign(env, { allowRemoteModels: false, localModelPath: './' });
const model = await AutoModel.from_pretrained('model', { dtype: 'fp32', subfolder: '' });
const picture = (await RawImage.read('one.jpg')).rgb();
const scale = ${whole} / Math.min(picture.width, picture.height);
const [width, height] = [picture.width, picture.height].map((side) => Math.round(side * scale));
const square = await (await picture.resize(width, height, { resample: 1 })).center_crop(${side}, ${side});
const pictures = new Tensor('uint8', new Uint8Array(square.data), [1, ${side}, ${side}, 3]);
const { embedding, refined } = await model({ pictures });
\`\`\`
`;
