import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Complaint, Help } from './complaint';

/**
 * Options of a command by name: what stands for the value in the help ('' for a flag, with `...` behind it for an option
 * that takes several values, or is given several times), and what it does.
 */
export type Options = Readonly<Record<string, readonly [value: string, about: string]>>;

export interface Command<T extends Options> {
  /** As it is called: `npm run NAME`. */
  name: string;
  /** What it does, for the help. */
  about: string;
  options: T;
  /** Options that must be given. */
  required?: readonly (keyof T & string)[];
  /** Arguments without an option, as the help writes them; not given: there are none. */
  others?: string;
}

type Value<V extends string> = V extends '' ? boolean : V extends `${string}...` ? string[] : string;

export interface Parsed<T extends Options> {
  values: { [K in keyof T]?: Value<T[K][0]> };
  others: string[];
}

/**
 * Parses a command's arguments.
 * @throws Complaint for the first that does not fit, Help where that was asked for
 */
export function parse<T extends Options>(args: string[], command: Command<T>): Parsed<T> {
  const { name, options, required = [], others } = command;
  const config = Object.entries(options).map(([option, [value]]) => [
    option,
    { type: value === '' ? 'boolean' : 'string', multiple: value.endsWith('...') },
  ]);
  const hint = `\`npm run ${name} -- --help\` lists the options.`;
  try {
    const parsed = parseArgs({
      args,
      options: { ...Object.fromEntries(config), help: { type: 'boolean' } } as ParseArgsConfig['options'],
      allowPositionals: true,
      tokens: true,
    });
    const values = parsed.values as Parsed<T>['values'] & { help?: boolean };
    if (values.help) throw new Help(helpOf(command));
    const left: string[] = [];
    let last = '';
    for (const { kind, name = '', value = '' } of parsed.tokens as { kind: string; name?: string; value?: string }[]) {
      if (kind === 'option') last = name;
      if (kind !== 'positional') continue;
      if (options[last]?.[0].endsWith('...')) (values[last] as string[]).push(value);
      else left.push(value);
    }
    if (others === undefined && left.length > 0) throw new Complaint(`"${left[0]}" belongs to no option; ${hint}`);
    const missing = required.find((option) => values[option] === undefined);
    if (missing) throw new Complaint(`--${missing} is missing; ${hint}`);
    return { values, others: left };
  } catch (cause) {
    if (cause instanceof Complaint || cause instanceof Help) throw cause;
    const [what] = (cause as Error).message.split(/\.? To specify|\. /);
    throw new Complaint(`${what}; ${hint}`);
  }
}

const WIDTH = 110;

/** Lines of at most WIDTH characters, all but the first behind `indent` spaces. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] !== '' && indent + lines[last].length + word.length >= WIDTH) lines.push(word);
    else lines[last] += `${lines[last] === '' ? '' : ' '}${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** A command's help: how it is called, what it does, an option a line. */
function helpOf<T extends Options>({ name, about, options, required = [], others }: Command<T>): string {
  const needed = required.map((option) => `--${option} ${options[option][0]}`);
  const call = ['Usage: npm run', name, '--', ...(others ? [others] : []), ...needed, '[options]'].join(' ');
  const all = Object.entries(options).map(([option, [value, what]]) => [`--${option} ${value}`.trim(), what]);
  const indent = 4 + Math.max(...all.map(([option]) => option.length));
  const list = all.map(([option, what]) => `  ${option.padEnd(indent - 2)}${wrapped(what, indent)}`);
  return [call, '', wrapped(about, 0), '', ...list].join('\n');
}

/** A whole number from `least` to `most`; undefined when the option was not given. */
export function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new Complaint(`--${name} is a whole number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}

/** One of `choices`; undefined when the option was not given. */
export function oneOf<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (!found) throw new Complaint(`--${name} is one of ${choices.join(', ')}, not "${text}".`);
  return found;
}

/** Several of `choices`, separated by commas, each once; undefined when the option was not given. */
export function someOf<T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
): T[] | undefined {
  return listed(name, text)?.map((one) => oneOf(name, one, choices) as T);
}

/** Names separated by commas, each once; undefined when the option was not given. */
export function listed(name: string, text: string | undefined): string[] | undefined {
  const names = text?.split(',').map((one) => one.trim());
  const twice = names?.find((one, place) => names.indexOf(one) !== place);
  if (twice !== undefined) throw new Complaint(`--${name} names ${twice} twice.`);
  return names;
}

export const BACKENDS = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
export const BACKEND = [BACKENDS.join('|'), 'what computes; default the fastest that works here'] as const;
export const PRECISIONS = ['full', 'half'] as const;
