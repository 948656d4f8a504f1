import type { EncoderConfig, StartFile } from '../core/config';
import type { DimensionsReport, Firing, RepresentationReport, WhyAnswer } from '../core/interpretation';
import type { PretrainedName } from '../core/pretrained';
import type { Representation } from '../core/representation';
import type { AlteredStrip, LogoShape, Subject, SubjectReport } from '../core/sensitivity';

// Looking into embeddings: what is asked of the trainer beside training, and what it answers.

/** Whose encoder: a stored run's, or with run null the untrained one's, which follows from the rest. */
export interface Whose {
  dataset: string;
  run: string | null;
  encoder: EncoderConfig;
  side: number;
  seed: number;
  /** A network that comes with the page instead; `address` of its file, without the ending. */
  network?: { name: PretrainedName; address: string };
  /** A kept file of weights instead. */
  weights?: StartFile;
}

/** What small changes of pictures do to embeddings, so far. */
export interface SensitivityFindings {
  strip: AlteredStrip;
  reports: SubjectReport[];
  protocol: string;
}

export interface InterpretationCalls {
  /** How far small changes of pictures move each of these embeddings. `logo` is a bundled one, or the user's picture. */
  sensitivity(
    request: { whose: Whose; subjects: Subject[]; logo: LogoShape | File },
    /** Again after each subject, with one more report. */
    progress: SensitivityFindings,
  ): void;
  /**
   * Why two pictures are similar; with `stored`, by what sets them apart from the others: the mean of these stored
   * embeddings is taken off. Answered also while a run is under way, as of its checkpoint.
   */
  why(request: { whose: Whose; first: number; second: number; stored: string | null }): WhyAnswer;
  /** Embeds all pictures so, and keeps that as the run's embedding. */
  represent(request: { dataset: string; run: string; representation: Representation }): RepresentationReport;
  dimensions(request: { whose: Whose }): DimensionsReport;
  /** Where a dimension fires in these pictures. */
  firing(request: { whose: Whose; dimension: number; rows: number[] }): Firing;
}

export type InterpretationKind = keyof InterpretationCalls;
export type InterpretationRequest<K extends InterpretationKind> = Parameters<InterpretationCalls[K]>[0];
