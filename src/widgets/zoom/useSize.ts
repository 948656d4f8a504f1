import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Size } from './zoom';

/** The size of an element in pixels, as it changes; 0 before it is known. */
export function useSize(field: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (!field.current) return;
    const { clientWidth: width, clientHeight: height } = field.current;
    setSize({ width, height });
    const observer = new ResizeObserver(([{ contentRect }]) => setSize(contentRect));
    observer.observe(field.current);
    return () => observer.disconnect();
  }, [field]);
  return size;
}
