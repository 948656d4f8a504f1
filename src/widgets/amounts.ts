// Amounts as people read them.

// Made once: toLocaleString makes a formatter each time, and charts write many numbers.
const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 9 });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value: number): string => grouped.format(Math.round(value));

/** '1 picture', '1,200 pictures'. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** 3 significant digits, without an exponent down to a millionth. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential(1);
  return grouped.format(Number(value.toPrecision(digits)));
}

/** A share of one in per cent. */
export const percent = (value: number): string => (Number.isFinite(value) ? `${tenths.format(100 * value)} %` : '–');

/** A sentence in which no per cent sign begins a line. */
export const unbroken = (sentence: string): string => sentence.replaceAll(/(?<=\d) %/g, '\u00a0%');

/** Seconds as '8 s', '2 min 5 s', '3 h 20 min'. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

/** Bytes as '340 kB', '1.2 MB': thousands, as file managers count. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled < 10 && power > 0 ? tenths.format(scaled) : count(scaled)} ${units[power]}`;
}
