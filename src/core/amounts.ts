// Amounts as people read them: numbers by Intl in English, the page's language; units and their spacing as SI has them.

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 9 });
// Made once each: a formatter takes long to make, and charts write many numbers.
const fixed = [0, 1, 2, 3].map(
  (digits) =>
    new Intl.NumberFormat('en', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: 'negative',
    }),
);
const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export const count = (value: number): string => grouped.format(Math.round(value));

/** '1 picture', '1,200 pictures'. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** So many digits behind the point; what rounds to 0 has no sign. */
export const decimals = (value: number, digits: 0 | 1 | 2 | 3): string => fixed[digits].format(value);

/** 3 significant digits, without an exponent down to a millionth. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential(1);
  return grouped.format(Number(value.toPrecision(digits)));
}

/** A share of one in per cent, to a tenth. */
export const percent = (value: number): string => (Number.isFinite(value) ? `${decimals(100 * value, 1)} %` : '–');

export const wholePercent = (value: number): string => `${decimals(100 * value, 0)} %`;

/** With a capital letter. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A sentence in which no per cent sign begins a line. */
export const unbroken = (sentence: string): string => sentence.replaceAll(/(?<=\d) %/g, '\u00a0%');

/** Seconds as '8 s', '2 min 5 s', '3 h 20 min'. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return `${count(Math.floor(minutes / 60))} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

/** '0.12 ms', '31.2 ms'; what a coarse clock does not see is less than a hundredth. */
export const milliseconds = (value: number): string =>
  value > 0 && value < 0.005 ? '< 0.01 ms' : `${decimals(value, value < 10 ? 2 : 1)} ms`;

/** Milliseconds since 1970 -> '14:05:09'. */
export const clock = (time: number): string => timeOfDay.format(time);

/** Bytes as '340 kB', '1.2 MB': thousands, as file managers count. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled < 10 && power > 0 ? decimals(scaled, 1) : count(scaled)} ${units[power]}`;
}
