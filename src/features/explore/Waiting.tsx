/** In the place of what is being found. */
export function Waiting({ searched, failed }: { searched: string; failed: boolean }) {
  return (
    <p className="pictures-none muted" role="status">
      {searched === ''
        ? 'This is there as soon as the pictures are embedded.'
        : failed
          ? 'It failed.'
          : 'Comparing the pictures …'}
    </p>
  );
}
