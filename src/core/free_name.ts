/** A name of which there is none yet: 'a.jpg', then 'a (2).jpg'. */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  const dot = wanted.lastIndexOf('.');
  const end = dot > wanted.lastIndexOf('/') + 1 ? dot : wanted.length;
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted.slice(0, end)} (${number})${wanted.slice(end)}`;
    if (!taken(name)) return name;
  }
}
