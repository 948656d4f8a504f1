import type { BlindTest } from '../core/blind_test/blind_test';
import type { BackendChoice, EncoderConfig, Precision, RecipeName, RunConfig, StartFile } from '../core/config';
import type { FaultReport } from '../core/fault';
import type { Performance } from '../core/performance';
import type { PretrainedName } from '../core/pretrained';
import type {
  Dataset,
  DeviceReport,
  Evaluation,
  History,
  ProbeRows,
  Refusal,
  Run,
  StepReport,
  WeightsFile,
} from '../core/records';
import type { Replay } from '../core/replay';
import type { SearchView } from '../core/search_view';
import type { ExportOptions } from './exporting';
import type { ReadingAnswer, ReadingKind, ReadingWish } from './reading';
import type { Reconstructions, WalkWish } from './reconstructing';

// Everything threads can say to each other. One tagged union a direction; whatever is not here is not said.

/** A file with the path it had in the dropped folder. */
export interface NamedFile {
  path: string;
  file: File;
}

export type ToImporter =
  /** Ports to decode workers, sent before anything else; again, with one port, to replace a lost one. */
  | { type: 'decoders'; ports: MessagePort[] }
  /** Opens a new data set, or with `into` one that is there: files already there are folded by content. */
  | { type: 'open'; name: string; into?: string; side?: number }
  /** More files of the open data set, in walking order. */
  | { type: 'files'; files: NamedFile[] }
  /** A whole folder to be walked here. `prefix`: what its paths begin with ('cats/' where several folders were given). */
  | { type: 'folder'; handle: FileSystemDirectoryHandle; prefix?: string }
  /** No more files will come. */
  | { type: 'end' }
  /** Stops; what is in stays. */
  | { type: 'cancel' }
  | { type: 'rename'; dataset: string; name: string }
  | { type: 'pin'; dataset: string; rows: number[] }
  | { type: 'search-view'; dataset: string; view: SearchView }
  /** The encoder that searches a data set from now on; null: the best that is there. */
  | { type: 'search-with'; dataset: string; encoder: string | null }
  /** All blind tests of a data set, as they are from now on. */
  | { type: 'blind-tests'; dataset: string; tests: readonly BlindTest[] }
  | { type: 'delete'; dataset: string };

export interface ImportProgress {
  dataset: string;
  /** Files seen by the walk so far, and whether the walk has ended. */
  found: number;
  walked: boolean;
  taken: number;
  duplicates: number;
  refused: number;
  /** Files per second over the last seconds. */
  rate: number;
}

export type FromImporter =
  /** At most ten a second; rows up to `taken` can be read from the database. */
  | { type: 'progress'; progress: ImportProgress }
  | { type: 'refused'; refusals: Refusal[] }
  /** A data set was opened, changed, or its import ended (`complete`, or left incomplete by a cancel). */
  | { type: 'dataset'; dataset: Dataset; ended: boolean }
  /** A CSV file lay beside the pictures, which are all stored by now. */
  | { type: 'labels'; dataset: string; file: File }
  | { type: 'deleted'; dataset: string }
  /** The decode worker behind port number `index` (counting all ports sent) hangs or died: end it, and send another port. */
  | { type: 'decoder-lost'; index: number }
  | { type: 'fault'; fault: FaultReport };

export type ToTrainer =
  /** Chooses and tests the device. Answered by 'device'. `networks`: the address below which the bundled networks lie. */
  | { type: 'prepare'; backend: BackendChoice; allowSoftware: boolean; networks: string }
  /**
   * Embeds a data set with the untrained encoder, and measures the baselines, unless that is stored already. `recipe`,
   * here and below: of the views that judge, the run's on the page.
   */
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
   * Has a data set embedded and measured by a network at this address plus .json and .bin; without a recipe by no views.
   * Answered by 'pretrained-over'.
   */
  | { type: 'pretrained'; dataset: string; name: PretrainedName; address: string; recipe: RecipeName | null }
  /** The same by a kept file of weights, which stay as they are. `side`: of the views it sees, else the largest. */
  | { type: 'frozen'; dataset: string; weights: StartFile; side?: number; recipe: RecipeName | null }
  /** Ends such embeddings, under way or waiting; what was embedded stays. */
  | { type: 'stop-pretrained' }
  /**
   * Has a data set embedded by a network at this address whenever nothing else is asked of the trainer, from where that was
   * left. Answered by 'background'.
   */
  | { type: 'embed'; dataset: string; name: PretrainedName; address: string }
  /** Takes that back; what was embedded stays. */
  | { type: 'stop-embedding'; dataset: string }
  /** Checks a file of weights and keeps it. Answered by 'weights'. */
  | { type: 'take-weights'; name: string; bytes: ArrayBuffer }
  | { type: 'start'; dataset: string; config: RunConfig }
  /** Goes on from the newest good checkpoint. */
  | { type: 'resume'; run: string }
  /** Raises a finished or stopped run's number of steps and goes on. */
  | { type: 'extend'; run: string; steps: number }
  | { type: 'pause' }
  /** Ends the run at this step, embedded and checkpointed. */
  | { type: 'stop' }
  /** Open-ended runs: lower the rate to zero over the last 15 %, then finish. */
  | { type: 'cool-down' }
  /** Writes a checkpoint now (the tab is being hidden). */
  | { type: 'save' }
  /** Shows the views of the next step. */
  | { type: 'show-views'; on: boolean }
  /** Looks at what an autoencoder gives back, now or as of its checkpoint. Answered by 'reconstructions'. */
  | { type: 'reconstruct'; run: string; wish: WalkWish }
  | { type: 'pin'; rows: number[] }
  /** Looks into an embedding. Answered by 'reading', the last time by its 'over'. */
  | { type: 'read'; wish: ReadingWish }
  /** Ends such looks at their next pause. */
  | { type: 'stop-reading'; kind: ReadingKind }
  /** Everything of a run as files. Answered by 'exported'. */
  | { type: 'export'; run: string; options: ExportOptions }
  /** The embeddings of an encoder that is no run, and the list of pictures. Answered by 'exported'. */
  | { type: 'export-encoder'; dataset: string; encoder: string }
  /** Answered by 'encoders-changed', as is the next. */
  | { type: 'rename-run'; dataset: string; run: string; name: string }
  /** Deletes a run with all that was stored of it, or what is stored of another encoder with its file of weights. */
  | { type: 'delete-encoder'; dataset: string; encoder: string }
  | { type: 'forget'; dataset: string }
  /** Replays a reference fixture through the real step or a bundled network. Answered by 'replayed'. */
  | { type: 'replay'; name: string; bytes: ArrayBuffer; executor?: 'tensorflow' | 'plan'; precision?: Precision };

/** The first embedding; the untrained encoder and what else runs are compared with. */
export type BackgroundKind = 'embed' | 'baseline';

export type TrainerPhase = 'starting' | 'idle' | 'loading' | 'embedding' | 'training' | 'paused' | 'saving';

/** The two views of each picture, [n, side, side, 4] RGBA bytes, as the encoders saw them. */
export interface Views {
  step: number;
  side: number;
  rows: number[];
  query: Uint8ClampedArray;
  key: Uint8ClampedArray;
}

export type FromTrainer =
  | { type: 'weights'; file: WeightsFile }
  /** The last word on an embedding by a network trained elsewhere, in the order asked: it is there, was stopped, or failed. */
  | { type: 'pretrained-over' }
  | { type: 'device'; device: DeviceReport }
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
  | { type: 'reading'; answer: ReadingAnswer }
  /** New embeddings are in the database. */
  | { type: 'embedded'; dataset: string; run: string; step: number }
  | { type: 'saved'; run: string; step: number; at: number }
  /** File name -> bytes: embeddings.npy, images.csv, model.safetensors, loss.csv, report.json. */
  | { type: 'exported'; run: string; files: Record<string, Uint8Array> }
  | { type: 'replayed'; replay: Replay }
  /** An encoder of this data set was renamed or deleted. */
  | { type: 'encoders-changed'; dataset: string }
  | { type: 'fault'; fault: FaultReport };
