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
  refinement: Refinement;
  about: string;
  /** It takes pictures as image processors of transformers give them, and names what it compares as their pipelines do. */
  normalised?: boolean;
}

/**
 * An encoder as an ONNX model, with what comes before and after: `pictures` uint8 [N, side, side, 3] -> `embedding`
 * [N, D] of length 1 and `refined` [N, dims] of length 1, as search compares them. Of normalised pictures: `pixel_values`
 * float32 [N, 3, side, side] -> `embedding` and `image_embeds`.
 * `variables`: a checkpoint's, by the executor's names.
 */
export function encoderOnnx(
  encoder: Architecture,
  variables: Readonly<Record<string, NamedArray>>,
  { side, owner, refinement, about, normalised = false }: Asked,
): Uint8Array<ArrayBuffer> {
  const model = new Model();
  const unit = (name: string, input: string) => model.node('LpNormalization', [input], { axis: 1, p: 2 }, name);
  const { embeddings } = embedProgram(encoder, owner, side, 1).outputs;
  const views = normalised ? 'pixel_values' : addNormalisation(model, 'pictures');
  const pooled = addGraph(model, embeddings, { pictures: views }, variables);
  const refined = normalised ? 'image_embeds' : 'refined';
  unit('embedding', pooled);
  unit(refined, addRefinement(model, pooled, refinement));
  const output = (name: string, dim: number): OnnxValue => ({ name, type: 'float32', shape: ['N', dim] });
  const input: OnnxValue = normalised
    ? { name: views, type: 'float32', shape: ['N', 3, side, side] }
    : { name: 'pictures', type: 'uint8', shape: ['N', side, side, 3] };
  const outputs = [output('embedding', embeddingDim(encoder)), output(refined, refinement.dims)];
  return writeOnnx({ about, nodes: model.nodes, tensors: model.tensors, inputs: [input], outputs });
}

/** Bytes [N, side, side, 3] as views [N, 3, side, side]. */
function addNormalisation(model: Model, pictures: string): string {
  const channels = model.node('Transpose', [model.node('Cast', [pictures], { to: 1 })], { perm: [0, 3, 1, 2] });
  const scaled = model.node('Mul', [channels, model.tensor([], [1 / 255 / STD])]);
  return model.node('Sub', [scaled, model.tensor([], [MEAN / STD])]);
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
