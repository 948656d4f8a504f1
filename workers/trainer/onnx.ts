import type { EmbeddingTable, NamedArray } from '../../src/core/records';
import { fitRefinement } from '../../src/evaluate/refine/refinement';
import type { Architecture } from '../../src/learn/backbones/architecture';
import { encoderOnnx } from '../../src/learn/onnx/encoder';

/** Which encoder is exported. */
export interface ExportedModel {
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
  { name, side, margin, owner, table }: ExportedModel,
): Record<'model.onnx' | 'README.md', Uint8Array> {
  const about = `${name}: squares of ${side} px, RGB bytes -> embeddings of length 1`;
  const refinement = fitRefinement(table);
  const utf8 = new TextEncoder();
  return {
    'model.onnx': encoderOnnx(encoder, variables, { side, owner, refinement, about }),
    'README.md': utf8.encode(readme(name, side, Math.round(side * margin), table.dim, refinement.dims)),
  };
}

/** Lines of Python that open a picture as the page does: upright, the high byte of 16-bit grey, white behind what is transparent. */
export const PYTHON_OPEN = `    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode.startswith("I"):  # 16-bit grey
        picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    picture = picture.convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")`;

const readme = (name: string, side: number, whole: number, dim: number, dims: number): string => `# ${name}

\`model.onnx\` takes pictures as bytes, uint8 [N, ${side}, ${side}, 3], RGB: the centre ${side} x ${side} of a picture whose shorter side
has ${whole} pixels. It gives \`embedding\`, float32 [N, ${dim}], and \`refined\`, float32 [N, ${dims}], which is what the page
searches with. Rows have length 1: their dot product is the cosine similarity. \`embeddings.json\` says whose embeddings
\`embeddings.npy\` holds, and whether they are refined; \`neighbours.csv\` lists the ten most similar pictures
of each.

In Python (\`pip install onnxruntime pillow numpy\`):

\`\`\`python
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

def square(path):
${PYTHON_OPEN}
    picture = ImageOps.fit(picture, (${whole}, ${whole}), Image.Resampling.BICUBIC)
    edge = (${whole} - ${side}) // 2
    return np.asarray(picture.crop((edge, edge, edge + ${side}, edge + ${side})))

session = onnxruntime.InferenceSession("model.onnx")
pictures = np.stack([square(path) for path in ["one.jpg", "other.jpg"]])
embedding, refined = session.run(None, {"pictures": pictures})
print(refined @ refined.T)
\`\`\`

In JavaScript (\`npm install onnxruntime-web\`), where \`pixels\` are the RGB bytes of \`count\` such squares, transparent pictures on white:

\`\`\`js
import * as ort from 'onnxruntime-web';

const session = await ort.InferenceSession.create('model.onnx');
const pictures = new ort.Tensor('uint8', pixels, [count, ${side}, ${side}, 3]);
const { embedding, refined } = await session.run({ pictures });
\`\`\`
`;
