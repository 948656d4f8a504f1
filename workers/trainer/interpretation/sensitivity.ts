import type { AlteredStrip, SubjectReport } from '../../../src/core/sensitivity';
import { readSetAside } from '../../../src/database/datasets';
import type { Rows } from '../../../src/evaluate/rows';
import { alterationWords } from '../../../src/evaluate/sensitivity/alterations';
import {
  alteredPictures,
  carriedLogos,
  carrying,
  evaluateSensitivity,
  LAB,
  labWords,
  SET,
  TRIED,
} from '../../../src/evaluate/sensitivity/lab';
import { drawLogo, type Logo } from '../../../src/evaluate/sensitivity/logo';
import { withAlpha } from '../../../src/images/pixels';
import type { PixelSource } from '../../../src/learn/source';
import type { InterpretationRequest, SensitivityFindings } from '../../../src/protocol/interpretation';
import type { Context } from '../context';
import { evenRows } from '../measured';
import type { Task } from '../task';
import { ownLogo } from './own_logo';
import { alteredSource, croppedSource } from './sources';
import { type OpenSubject, openSubject } from './subjects';

/** One picture as it is, and altered in every way that the lab knows. */
async function strip(source: PixelSource, row: number, logo: Logo): Promise<AlteredStrip> {
  const { side } = source;
  const pixels = await source.read([row]);
  const pictures = [pixels, ...LAB.map((alteration) => alteredPictures(pixels, [row], side, alteration, logo))];
  const out = new Uint8ClampedArray(pictures.length * side * side * 4);
  for (const [i, picture] of pictures.entries()) out.set(withAlpha(picture), i * side * side * 4);
  return { row, side, words: ['as it is', ...LAB.map(alterationWords)], pictures: out };
}

/** Tries every subject in turn; `progress` is told after each. */
export async function trySensitivity(
  context: Context,
  task: Task,
  { whose, subjects, logo: asked }: InterpretationRequest<'sensitivity'>,
  progress: (findings: SensitivityFindings) => void,
): Promise<void> {
  const chosen = typeof asked === 'string' ? asked : await ownLogo(asked);
  const logo = typeof chosen === 'string' ? drawLogo(chosen) : chosen;
  const logos = carriedLogos(chosen);
  const whole = croppedSource(await context.source(whose.dataset, whose.side), whose.side);
  const aside = await readSetAside(context.db, whose.dataset);
  const [set, tried] = [evenRows(whole.count, SET, aside), evenRows(whole.count, TRIED, aside)];
  const shown = await strip(whole, set[set.length >> 1] ?? 0, logo);
  const reports: SubjectReport[] = [];
  const protocol = labWords(set.length, tried.length, logos.length);
  const tell = (): void => progress({ strip: shown, reports: [...reports], protocol });
  tell();
  for (const subject of subjects) {
    const open = await openSubject(context, task, whose, subject);
    try {
      const rows = await embedAll(open, { set, tried, logo, logos });
      reports.push({ subject, title: open.title, ...evaluateSensitivity({ ...rows, logos: logos.length }) });
    } finally {
      open.dispose();
    }
    tell();
  }
}

interface Pictures {
  set: number[];
  tried: number[];
  logo: Logo;
  logos: Logo[];
}

async function embedAll({ title, source, embed }: OpenSubject, { set, tried, logo, logos }: Pictures) {
  // All altered ones, those that carry logos, those as they are, and those that distances are taken over.
  const parts = LAB.length + 3;
  let part = 0;
  const take = (from: PixelSource, rows: readonly number[]): Promise<Rows> =>
    embed(from, rows, `Embedding altered pictures by ${title}, ${++part} of ${parts}`);
  const altered: Rows[] = [];
  for (const alteration of LAB) altered.push(await take(alteredSource(source, alteration, logo), tried));
  // In turn, whatever the pictures are.
  const given = new Map(tried.map((row, i) => [row, logos[i % logos.length]]));
  const carriers: PixelSource = {
    ...source,
    read: async (rows) => carrying(await source.read(rows), rows, source.side, (row) => given.get(row) ?? logo),
  };
  return {
    set: await take(source, set),
    originals: await take(source, tried),
    altered,
    carrying: await take(carriers, tried),
  };
}
