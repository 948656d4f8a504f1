import type { NamedArray } from '../../core/records';
import { MEAN, STD } from '../augment/views';
import { type Architecture, embeddingDim } from '../backbones/architecture';
import { embedProgram } from '../embed';
import { type OnnxValue, writeOnnx } from './format';
import { addGraph, Model } from './translate';

/** What refines embeddings [*, dim] to [*, dims]: src/evaluate/refine/refinement.ts. */
interface Refinement {
  dim: number;
  dims: number;
  mean: ArrayLike<number>;
  /** [dims, dim] */
  components: { values: Float32Array };
}

interface Asked {
  /** Pixels of a side of the squares that it is given. */
  side: number;
  /** Whose weights are taken of `variables`. */
  owner: string;
  refinement: Refinement | null;
  about: string;
}

/**
 * An encoder as an ONNX model, with what comes before and after: `pictures` uint8 [N, side, side, 3] -> `embedding`
 * [N, D] of length 1 and, where there is a refinement, `refined` [N, dims] of length 1, as search compares them.
 * `variables`: a checkpoint's, by the executor's names.
 */
export function encoderOnnx(
  encoder: Architecture,
  variables: Readonly<Record<string, NamedArray>>,
  { side, owner, refinement, about }: Asked,
): Uint8Array<ArrayBuffer> {
  const model = new Model();
  const unit = (name: string, input: string) => model.node('LpNormalization', [input], { axis: 1, p: 2 }, name);
  const channels = model.node('Transpose', [model.node('Cast', ['pictures'], { to: 1 })], { perm: [0, 3, 1, 2] });
  const scaled = model.node('Mul', [channels, model.tensor([], [1 / 255 / STD])]);
  const views = model.node('Sub', [scaled, model.tensor([], [MEAN / STD])]);
  const { embeddings } = embedProgram(encoder, owner, side, 1).outputs;
  const pooled = addGraph(model, embeddings, { pictures: views }, variables);
  unit('embedding', pooled);
  const outputs: OnnxValue[] = [{ name: 'embedding', type: 'float32', shape: ['N', embeddingDim(encoder)] }];
  if (refinement) {
    unit('refined', addRefinement(model, pooled, refinement));
    outputs.push({ name: 'refined', type: 'float32', shape: ['N', refinement.dims] });
  }
  const pictures: OnnxValue = { name: 'pictures', type: 'uint8', shape: ['N', side, side, 3] };
  return writeOnnx({ about, nodes: model.nodes, tensors: model.tensors, inputs: [pictures], outputs });
}

/** Signed square root, length 1, less the mean, times the components: refineRows without its last step. */
function addRefinement(model: Model, pooled: string, { dim, dims, mean, components }: Refinement): string {
  const root = model.node('Sqrt', [model.node('Abs', [pooled])]);
  const signed = model.node('Mul', [model.node('Sign', [pooled]), root]);
  const rooted = model.node('LpNormalization', [signed], { axis: 1, p: 2 });
  const centred = model.node('Sub', [rooted, model.tensor([dim], mean)]);
  const attributes = { transB: 1 };
  return model.node('Gemm', [centred, model.tensor([dims, dim], components.values)], attributes);
}
