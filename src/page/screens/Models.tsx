import { Encoders } from '../../features/encoders/Encoders';

/** Every encoder of these pictures, and what can be done with each. */
export function Models() {
  return (
    <div className="screen">
      <div className="screen-main">
        <Encoders />
      </div>
    </div>
  );
}
