// What a step reports beside its loss, method by method: names, and which of them a method has.

/** Numbers that say how a method fares; `core/diagnostics.ts` has their meaning in words. */
export const DIAGNOSTICS = ['accuracy', 'featureStd', 'active', 'error', 'divergence', 'units', 'beta'] as const;
export type Diagnostic = (typeof DIAGNOSTICS)[number];

/** What every method reports. */
export const COMMON = ['loss', 'learningRate', 'imagesPerSecond'] as const;
export type Column = (typeof COMMON)[number] | Diagnostic;
export const COLUMNS: readonly Column[] = [...COMMON, ...DIAGNOSTICS];
