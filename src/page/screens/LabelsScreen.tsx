import { LabelColumns } from '../../features/labels/LabelColumns';

/** What is known of the pictures by label. */
export function LabelsScreen() {
  return (
    <div className="screen">
      <div className="screen-main">
        <LabelColumns />
      </div>
    </div>
  );
}
