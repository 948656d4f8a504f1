import type { Diagnostic } from './columns';
import type { MethodName } from './config';

/** A diagnostic as the page shows it. */
export interface DiagnosticWords {
  title: string;
  /** What it is, and what good looks like. */
  about: string;
  /** Shares are shown in percent. */
  share?: true;
  /** Where it is at its best, drawn as a line, or null. */
  good: number | null;
}

const WORDS: Record<Diagnostic, DiagnosticWords> = {
  accuracy: {
    title: 'Contrast accuracy',
    about:
      'Share of the views of a step whose picture’s other view is nearer than every negative. Good: it rises, and the measures rise with it; near 100 % with measures that stand still, the task is too easy.',
    share: true,
    good: null,
  },
  featureStd: {
    title: 'Feature std',
    about:
      'Standard deviation of the projections, times the square root of their length: 1 when they use all directions alike, 0 when every picture gives the same projection (collapse). Good: near 1.',
    good: 1,
  },
  active: {
    title: 'Triplets that still cost',
    about:
      'Share of triplets whose negative is not yet farther than the positive by the margin. Good: it falls slowly and stays above 5 %; at 0 nothing is learned any more, and the margin can be raised.',
    share: true,
    good: null,
  },
  error: {
    title: 'Reconstruction error',
    about:
      'Mean squared difference of the picture given back from the picture wanted, in units of a quarter of the full range. Good: it falls far below 1, which is about what one flat colour costs; what is left is blur.',
    good: null,
  },
  divergence: {
    title: 'Divergence (KL)',
    about:
      'Nats of information the codes carry about a picture, summed over their dimensions. Good: it rises early, gives way while beta rises, and stays well above 0; at 0 the decoder ignores the codes (posterior collapse).',
    good: null,
  },
  units: {
    title: 'Active dimensions',
    about:
      'Dimensions of the code whose mean varies from picture to picture (variance above .01, Burda et al. 2016). Good: several, and no longer changing; 0 is a collapse, all of them suggest a longer code or a higher beta.',
    good: null,
  },
  beta: {
    title: 'Beta',
    about:
      'The weight of the divergence in the loss at this step: rises from 0 to its final value while the run warms up.',
    good: null,
  },
};

const LOCAL: Partial<Record<MethodName, Partial<Record<Diagnostic, Partial<DiagnosticWords>>>>> = {
  moco: {
    accuracy: {
      about: 'Share of the pictures of a step whose own second view is nearer than every key in the queue.',
    },
  },
  ae: {
    featureStd: {
      title: 'Feature std of the codes',
      about:
        'How evenly the codes, at unit length, use their directions: 1 evenly, 0 when all pictures have one code. Good: above .3; there is no term in the loss that asks for more.',
      good: null,
    },
  },
};

export function diagnosticWords(name: Diagnostic, method: MethodName): DiagnosticWords {
  const local = LOCAL[method === 'dae' ? 'ae' : method];
  return { ...WORDS[name], ...local?.[name] };
}

/** What the loss of each method is, for who wants to know. */
export const LOSS_WORDS: Record<MethodName, string> = {
  moco: 'How badly the encoder finds the other view of the same picture among the keys in the queue (InfoNCE). It starts low while the queue is empty, rises as it fills, then falls. Lower is not always better: trust the measures and your eyes.',
  simclr:
    'How badly the encoder finds the other view of the same picture among all other views of the step (NT-Xent). Good: it falls from the loss of guessing. Larger batches have more negatives and a higher loss.',
  triplet:
    'By how much, on average, the chosen negative is too near for its triplet. It begins at about the margin and falls towards 0. A low loss says that triplets are easy, not that the embedding is good.',
  ae: 'Mean squared difference between the pictures given back and the pictures wanted. Lower gives sharper pictures; whether search is better is for the measures to say.',
  dae: 'Mean squared difference between the pictures given back and the clean pictures. Higher than a plain autoencoder’s, because parts are hidden; whether search is better is for the measures to say.',
  vae: 'Reconstruction error plus beta times the divergence of the codes from the standard normal. It may rise while beta rises: the price is going up, not the error.',
};
