import type { Activation } from '../../compiled/fusions/fused';
import type { Operation } from '../../compiled/lowering';

type Type = 'vec4f' | 'f32';

/** A number as a WGSL literal, to the last bit of single precision. */
export const float = (value: number): string => {
  const single = Math.fround(value);
  const text = String(single);
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
};

/** An operation on elements as WGSL. */
export function expression(name: Operation, type: Type, a: string, b: string, factor: string): string {
  switch (name) {
    case 'scale':
      return `(${a} * ${factor})`;
    case 'add':
      return `(${a} + ${b})`;
    case 'addScaled':
      return `(${a} + ${factor} * ${b})`;
    case 'blend':
      return `(${a} * (1.0 - ${factor}) + ${b} * ${factor})`;
    case 'multiply':
      return `(${a} * ${b})`;
    case 'exponential':
      return `exp(${a})`;
    case 'relu':
    case 'relu6':
      return activated(a, type, name);
    case 'behindRelu':
      return behind(a, b, type, 'relu');
    case 'behindRelu6':
      return behind(a, b, type, 'relu6');
  }
}

export function activated(value: string, type: Type, activation: Activation | null): string {
  if (!activation) return value;
  const rectified = `max(${value}, ${type}(0.0))`;
  return activation === 'relu6' ? `min(${rectified}, ${type}(6.0))` : rectified;
}

/** dy where the activation let the value pass, else 0; y is what it put out. */
export function behind(dy: string, y: string, type: Type, activation: Activation): string {
  const above = `${y} > ${type}(0.0)`;
  const passed = activation === 'relu6' ? `(${above}) & (${y} < ${type}(6.0))` : above;
  return `select(${type}(0.0), ${dy}, ${passed})`;
}
