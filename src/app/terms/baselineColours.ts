const COLOURS: Record<string, string> = {
  run: '--chart-run',
  untrained: '--chart-untrained',
  'untrained encoder': '--chart-untrained',
  'raw pixels': '--chart-pixels',
  'colour histogram': '--chart-colours',
};

/** Colours of runs beside one another. */
export const RUN_COLOURS = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `--chart-other-${number}`);

/** The colour of a run on the page, and of what needs no training, in every chart: a custom property of the style sheet. */
export const chartColour = (of: string): string => COLOURS[of] ?? '--chart-pretrained';
