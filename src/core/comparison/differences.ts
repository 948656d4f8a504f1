import { significant } from '../amounts';
import type { RunConfig } from '../config';
import { applies } from '../methods';
import { frozenWords } from '../stages';

/** What a row of the comparison shows in columns of its own, or what follows from the method. */
const SHOWN: readonly (keyof RunConfig)[] = ['preset', 'method', 'batch', 'queue', 'steps', 'augmentation', 'start'];

/** 'learningRate' -> 'learning rate' */
const words = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const valueWords = (value: RunConfig[keyof RunConfig]): string => {
  if (typeof value === 'number') return significant(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return 'none';
  return Array.isArray(value) ? value.map((one) => significant(one, 4)).join(' to ') : String(value);
};

/** For each run the settings in which it differs from another that has them too, in words; '' where none does. */
export function differingSettings(configs: readonly RunConfig[]): string[] {
  const fields = [...new Set(configs.flatMap((config) => Object.keys(config)))] as (keyof RunConfig)[];
  const differing = fields.filter((field) => {
    if (SHOWN.includes(field)) return false;
    const values = configs
      .filter(({ method }) => applies(field, method))
      .map((config) => JSON.stringify(config[field]));
    return new Set(values).size > 1;
  });
  return configs.map((config) =>
    differing
      .filter((field) => applies(field, config.method))
      .map((field) => `${words(field)} ${field === 'frozen' ? frozenWords(config) : valueWords(config[field])}`)
      .join(', '),
  );
}
