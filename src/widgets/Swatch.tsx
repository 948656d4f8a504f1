/** A dot in a chart's colour, beside what it stands for. `colour`: a custom property of the style sheet. */
export const Swatch = ({ colour }: { colour: string }) => (
  <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
    <circle cx="5" cy="5" r="4" style={{ fill: `var(${colour})` }} />
  </svg>
);
