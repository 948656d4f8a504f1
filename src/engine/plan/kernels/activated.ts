import type { Activation } from '../fusions/fused';

type Type = 'vec4f' | 'f32';

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
