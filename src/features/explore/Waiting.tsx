interface WaitingProps {
  searched: string;
  failed: boolean;
  /** That is done, where it takes long. */
  share?: number;
}

/** In the place of what is being found. */
export function Waiting({ searched, failed, share = 0 }: WaitingProps) {
  return (
    <p className="pictures-none muted" role="status">
      {searched === ''
        ? 'Available once the pictures are embedded.'
        : failed
          ? 'This could not be computed. Reload the page and try again.'
          : 'Comparing the pictures …'}
      {share > 0 && !failed && <progress aria-label="Comparing the pictures" value={share} />}
    </p>
  );
}
