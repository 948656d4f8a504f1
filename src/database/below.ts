/** Every key that begins with these parts: arrays come after all else in the order of keys. */
export const below = (...prefix: (string | number)[]): IDBKeyRange => IDBKeyRange.bound(prefix, [...prefix, []]);
