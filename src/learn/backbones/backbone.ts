import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import type { NormMode } from './layers';

/** A stretch of a backbone: the unit in which it is frozen from below, tapped, and begun at. */
export interface Stage {
  /** 'stem', 'layer2', 'mixed4': what its makers and the page call it. */
  readonly name: string;
  /** Channels of its maps. */
  readonly dim: number;
}

/**
 * A backbone: from pictures to maps, stage by stage. A new one is a file that makes one and a line in `registry.ts`.
 *
 * Promised by every backbone:
 * - its input are our normalised views [N, S, S, 3]; what its makers fed it (value range, mean, deviation) is made of
 *   them inside of the graph;
 * - weights are asked for by name while the graph is built (`Weights.read`), so their shapes stand in one place, and
 *   which stage a weight belongs to is told by the stage that asks for it;
 * - what stage i puts out depends on the stages up to i alone, so a graph may begin at any of them.
 */
export interface Backbone {
  /** From the picture upwards; the last one's maps are pooled into the embedding. */
  readonly stages: readonly Stage[];
  /** Whose names and layouts a weights file of it has. */
  readonly layout: 'torchvision' | 'keras';
  /** Channels of a decoder after each doubling of the side, as many as halvings on the way up: its mirror image. */
  readonly mirror: readonly number[];
  /** What stage `stage` makes of what the stage before put out (stage 0: of views [N, S, S, 3]). [N, H, W, C]. */
  run(weights: Weights, x: Tensor, stage: number, mode: NormMode): Tensor;
}
