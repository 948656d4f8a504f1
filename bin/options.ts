import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Complaint } from './complaint';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/** Parses a command's arguments; whatever does not fit is one sentence followed by the usage. */
export function parse<T extends Options>(args: string[], options: T, usage: string): Parsed<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    const [what] = (cause as Error).message.split(/\.? To specify|\. /);
    throw new Complaint(`${what}. ${usage}`);
  }
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

export const BACKENDS = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
export const PRECISIONS = ['full', 'half'] as const;
