import type { EncoderConfig } from '../core/config';
import type { DimensionsReport, Firing, RepresentationReport, WhyAnswer } from '../core/reading';
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
}

export type ReadingWish =
  /** How far small changes of pictures move each of these embeddings. `logo` is a bundled one, or the person's picture. */
  | { kind: 'sensitivity'; whose: Whose; subjects: Subject[]; logo: LogoShape | File }
  /** Why two pictures are similar. Answered also while a run is under way, as of its checkpoint. */
  | { kind: 'why'; whose: Whose; first: number; second: number }
  /** Embeds all pictures so, and keeps that as the run's embedding. */
  | { kind: 'represent'; dataset: string; run: string; representation: Representation }
  | { kind: 'dimensions'; whose: Whose }
  | { kind: 'firing'; whose: Whose; dimension: number; rows: number[] };

export type ReadingKind = ReadingWish['kind'];

export type ReadingAnswer =
  /** Again after each subject, with one more report. */
  | { kind: 'sensitivity'; dataset: string; strip: AlteredStrip; reports: SubjectReport[]; protocol: string }
  | { kind: 'why'; why: WhyAnswer }
  | { kind: 'represent'; report: RepresentationReport }
  | { kind: 'dimensions'; dataset: string; report: DimensionsReport }
  | { kind: 'firing'; firing: Firing }
  /** The last word on a wish: it was answered, stopped, or a fault says why not. */
  | { kind: 'over'; of: ReadingKind };
