import { useSelected } from '../../app/store/hooks';

/** Which device trains, and why that one. */
export function DeviceLine() {
  const report = useSelected(({ device }) => device.report);
  return <span>{report ? report.why : 'Looking for the fastest device to train on…'}</span>;
}
