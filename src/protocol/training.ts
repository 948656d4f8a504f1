import type { BackendChoice, EncoderConfig, RecipeName, RunConfig, StartFile } from '../core/config';
import type { FaultReport } from '../core/fault';
import type { Performance } from '../core/performance';
import type { PretrainedName } from '../core/pretrained';
import type { Reconstructions, WalkRequest } from '../core/reconstructions';
import type { DeviceReport, Evaluation, History, ProbeRows, Run, StepReport, WeightsFile } from '../core/records';
import type { ExportOptions } from './exporting';
import type { InterpretationCalls, Whose } from './interpretation';

// What the page and the training thread say to each other.

/** File name -> bytes. */
type Files = Record<string, Uint8Array>;

/** What the page asks of the training thread. `recipe`, here and below: of the views that evaluate, the run's on the page. */
export interface TrainerCalls extends InterpretationCalls {
  /** Chooses and tests the device. `networks`: the address below which the bundled networks lie. */
  prepare(request: { backend: BackendChoice; allowSoftware: boolean; networks: string }): DeviceReport;
  /** Trains a run. Answered, as are the next two, when the run has ended; fails with what cut it off. */
  start(request: { dataset: string; config: RunConfig }): void;
  /** Goes on from the newest good checkpoint. */
  resume(request: { run: string }): void;
  /** Raises a finished or stopped run's number of steps and goes on. */
  extend(request: { run: string; steps: number }): void;
  /**
   * Has a data set embedded and evaluated by a network at this address plus .json and .bin; without a recipe by no views.
   * What is embedded before an abort stays.
   */
  pretrained(request: { dataset: string; name: PretrainedName; address: string; recipe: RecipeName | null }): void;
  /** The same by a kept file of weights, which stay as they are. `side`: of the views it sees, else the largest. */
  frozen(request: { dataset: string; weights: StartFile; side?: number; recipe: RecipeName | null }): void;
  /**
   * The embedding [dim] of a picture that is not in the data set, made as those of its pictures are. Answered also while a
   * run is under way, as of its checkpoint. Fails with a Fault 'picture' where the file cannot be read.
   */
  'embed-picture'(request: { whose: Whose; picture: Blob }): Float32Array;
  /** Checks a file of weights and keeps it. */
  'take-weights'(request: { name: string; bytes: ArrayBuffer }): WeightsFile;
  /** Looks at what an autoencoder gives back, now or as of its checkpoint. Answered after the event 'reconstructions'. */
  reconstruct(request: { run: string; walk: WalkRequest }): void;
  /** Everything of a run as files: embeddings.npy, images.csv, model.safetensors, loss.csv, report.json. */
  export(request: { run: string; options: ExportOptions }): Files;
  /** The embeddings of an encoder that is no run, and the list of pictures. */
  'export-encoder'(request: { dataset: string; encoder: string; networks: string; transformers?: boolean }): Files;
  /** Forgets which kernels were the fastest: what is compiled from then on is measured anew. */
  'measure-anew'(request: object): void;
  'rename-run'(request: { run: string; name: string }): void;
  /** Deletes a run with all that was stored of it, or what is stored of another encoder with its file of weights. */
  'delete-encoder'(request: { dataset: string; encoder: string }): void;
  /** Ends what is asked of a data set that is being deleted. `kept`: it stays after all. */
  forget(request: { dataset: string; kept: boolean }): void;
}

export type TrainerCommand =
  /** Embeds a data set with the untrained encoder, and evaluates the baselines, unless that is stored; in the background. */
  | {
      type: 'baseline';
      dataset: string;
      encoder: EncoderConfig;
      side: number;
      seed: number;
      recipe: RecipeName;
      views: boolean;
    }
  /**
   * Has a data set embedded by a network at this address in the background, from where that was left. `first`: so many of its
   * pictures at most, while others come in.
   */
  | { type: 'embed'; dataset: string; name: PretrainedName; address: string; first?: number }
  /** Has the encoder that searches a data set embed the pictures that it lacks, in the background. */
  | { type: 'embed-used'; whose: Whose }
  /** Takes these back; what was embedded stays. */
  | { type: 'stop-embedding'; dataset: string }
  | { type: 'pause' }
  | { type: 'go-on'; run: string }
  /** Ends the run at this step, embedded and checkpointed. */
  | { type: 'stop' }
  /** Gives up the evaluation under way: a run that is stopped ends without it. */
  | { type: 'skip-evaluation' }
  /** Open-ended runs: lower the rate to zero over the last 15 %, then finish. */
  | { type: 'cool-down' }
  /** Writes a checkpoint now (the tab is being hidden). */
  | { type: 'save' }
  /** Shows the views of the next step. */
  | { type: 'show-views'; on: boolean }
  | { type: 'pin'; rows: number[] };

/** The first pictures' embedding, all pictures', and that by the encoder the user chose; the untrained encoder and what else runs are compared with. */
export type BackgroundKind = 'embed-first' | 'embed' | 'embed-used' | 'baseline';

export type TrainerPhase = 'starting' | 'idle' | 'loading' | 'embedding' | 'training' | 'paused' | 'saving';

/** The two views of each picture, [n, side, side, 4] RGBA bytes, as the encoders saw them. */
export interface Views {
  step: number;
  side: number;
  rows: number[];
  query: Uint8ClampedArray;
  key: Uint8ClampedArray;
}

export type TrainerEvent =
  /** What the trainer does now, in words: 'Embedding 400 of 1,645 pictures'. */
  | { type: 'phase'; phase: TrainerPhase; message: string; progress?: number }
  /** What it does while nothing is asked of it, in words; none: that is over, or gives way. */
  | { type: 'background'; dataset: string; kind: BackgroundKind; message: string; progress?: number }
  | { type: 'run'; run: Run }
  /** In order, none left out, at most about 20 messages a second. */
  | { type: 'steps'; run: string; reports: StepReport[] }
  /** The past of a run that is taken up again. */
  | { type: 'history'; run: string; history: History }
  | { type: 'views'; views: Views }
  /** Every few seconds of a run, and at its end. */
  | { type: 'performance'; performance: Performance }
  | { type: 'evaluation'; dataset: string; run: string; evaluation: Evaluation }
  | { type: 'probes'; run: string; probes: ProbeRows }
  | { type: 'reconstructions'; run: string; reconstructions: Reconstructions }
  /** New embeddings are in the database. */
  | { type: 'embedded'; dataset: string; run: string; step: number }
  /** The device's trial was repeated while nothing else went on, and was quicker than before. */
  | { type: 'rate'; imagesPerSecond: number }
  | { type: 'saved'; run: string; step: number; at: number }
  /** What goes wrong in the background, or is told while a run goes on. */
  | { type: 'fault'; fault: FaultReport };
