/** Colours of the style sheets for canvases, read once a theme. */
const known = new Map<string, string>();
const listeners = new Set<() => void>();
let watching = false;
/** An element that a canvas's colours are taken from: of `light-dark()` it knows the one that holds. */
let probe: HTMLElement | undefined;

/** Value of a custom property of the document such as `--accent`. */
export function colour(property: string): string {
  watch();
  let value = known.get(property);
  if (value === undefined) {
    probe ??= document.documentElement.appendChild(Object.assign(document.createElement('span'), { hidden: true }));
    probe.style.color = `var(${property})`;
    value = getComputedStyle(probe).color;
    known.set(property, value);
  }
  return value;
}

/** Told when colours have changed: another theme, or the system's preference. */
export function onColours(listener: () => void): () => void {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function watch(): void {
  if (watching) return;
  watching = true;
  const changed = (): void => {
    known.clear();
    for (const listener of listeners) listener();
  };
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}
