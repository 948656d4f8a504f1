interface BarsProps {
  /** Of the whole, in words. */
  label: string;
  values: ArrayLike<number>;
  /** The bar to be told from the others, or null. */
  marked: number | null;
  words: (place: number, value: number) => string;
}

/** Amounts side by side, the largest as high as the row. */
export function Bars({ label, values, marked, words }: BarsProps) {
  const list = Array.from(values);
  const largest = Math.max(1e-9, ...list);
  return (
    <div className="bars" role="img" aria-label={label}>
      {list.map((value, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={i}
          className={i === marked ? 'bar marked' : 'bar'}
          title={words(i, value)}
          style={{ height: `${Math.max(2, (100 * value) / largest)}%` }}
        />
      ))}
    </div>
  );
}
