import type { Element } from './command';

/** How an element is declared that is kept in half precision. */
const KEPT: Readonly<Partial<Record<Element, string>>> = { f32: 'f16', vec4f: 'vec4<f16>' };

export function halfElement(element: Element): string {
  const kept = KEPT[element];
  if (!kept) throw new Error(`plan: ${element} has no half precision`);
  return kept;
}

/**
 * A kernel's text, written for single precision, with some of its arrays in half: each load is converted where it stands,
 * and so is each value that is stored. So all sums stay in single precision, and no kernel is written twice.
 */
export function inHalf(code: string, arrays: ReadonlyMap<string, Element>): string {
  if (arrays.size === 0) return code;
  const access = new RegExp(`(?<![\\w.])(${[...arrays.keys()].join('|')})\\[`, 'g');
  const assignment = /\s*([-+*/]?)=(?!=)/y;
  let made = '';
  let from = 0;
  for (let found = access.exec(code); found; found = access.exec(code)) {
    const [opened, name] = found;
    const element = arrays.get(name) as Element;
    const begin = found.index + opened.length;
    const end = endOf(code, begin, ']');
    const place = `${name}[${inHalf(code.slice(begin, end), arrays)}]`;
    made += code.slice(from, found.index);
    assignment.lastIndex = end + 1;
    const assigned = assignment.exec(code);
    if (assigned) {
      from = endOf(code, assignment.lastIndex, ';');
      const value = inHalf(code.slice(assignment.lastIndex, from), arrays).trim();
      const [, operator] = assigned;
      const whole = operator ? `${element}(${place}) ${operator} (${value})` : value;
      made += `${place} = ${halfElement(element)}(${whole})`;
    } else {
      from = end + 1;
      made += `${element}(${place})`;
    }
    access.lastIndex = from;
  }
  return made + code.slice(from);
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Where the text ends that begins at `begin`: at the first such sign outside of all brackets opened since. */
function endOf(code: string, begin: number, sign: string): number {
  let depth = 0;
  for (let i = begin; i < code.length; i++) {
    if (depth === 0 && code[i] === sign) return i;
    if (OPENING.includes(code[i])) depth++;
    else if (CLOSING.includes(code[i])) depth--;
  }
  throw new Error(`plan: no '${sign}' after '${code.slice(begin, begin + 40)}'`);
}
