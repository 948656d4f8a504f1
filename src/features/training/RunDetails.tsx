import { type ReactNode, useState } from 'react';
import { useSelected } from '../../app/store/hooks';
import { Reconstructions } from './live/Reconstructions';
import { Views } from './live/Views';
import { Loss } from './progress/Loss';
import { Performance } from './progress/Performance';
import { RunSettings } from './progress/RunSettings';

/** Opened once it stays open, also when the screen is shown again. */
let wasOpen = false;

/** What goes on inside: the loss and what belongs to it, the views of a step, reconstructions, speed. */
export function RunDetails({ device }: { device: ReactNode }) {
  const expert = useSelected((state) => state.expert);
  const [open, setOpen] = useState(wasOpen || expert);
  return (
    <details
      className="disclosure run-details"
      open={open}
      onToggle={({ currentTarget }) => {
        wasOpen = currentTarget.open;
        setOpen(wasOpen);
      }}
    >
      <summary>Details</summary>
      {open && (
        <div className="screen-main">
          <Loss />
          <Reconstructions />
          <Views />
          <Performance />
          <RunSettings />
          {device}
        </div>
      )}
    </details>
  );
}
