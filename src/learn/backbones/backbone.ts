import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import type { NormMode } from './layers';

/** A stretch of a backbone that can be frozen from below, tapped, and cut before or after. */
export interface Stage {
  /** 'stem', 'layer2', 'mixed4': what its weights' names and the page call it. */
  readonly name: string;
  /** Channels of what it puts out. */
  readonly dim: number;
}

/**
 * A backbone: from pictures to maps, stage by stage. A new one is a file that makes one and a line in `registry.ts`.
 *
 * Promised by every backbone:
 * - its input are our normalised views [N, S, S, 3]; what its makers fed it (value range, mean, deviation) is made of
 *   them inside of the graph;
 * - weights are asked for by name while the graph is built (`Weights.read`), so their shapes stand in one place;
 * - what stage i puts out depends on the stages up to i alone, so a graph may begin at any of them.
 */
export interface Backbone {
  /** As configs and files name it. */
  readonly name: string;
  /** From the picture upwards; the last one's maps are pooled into the embedding. */
  readonly stages: readonly Stage[];
  /** Whose names and layouts a weights file of it has. */
  readonly layout: 'torchvision' | 'keras';
  /** Epsilon of its norms: 1e-5 of PyTorch, 1e-3 of Keras. */
  readonly epsilon: number;
  /** What stage `stage` makes of what the stage before put out (stage 0: of views [N, S, S, 3]). [N, H, W, C]. */
  run(weights: Weights, x: Tensor, stage: number, mode: NormMode): Tensor;
  /** The stage that a weight belongs to. */
  stageOf(weight: string): number;
}
