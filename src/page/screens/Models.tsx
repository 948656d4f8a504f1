import { Encoders } from '../../features/encoders/Encoders';
import { Export } from '../../features/encoders/Export';

/** Every encoder of these pictures, and what can be done with each. */
export function Models() {
  return (
    <div className="screen">
      <div className="screen-main">
        <Encoders />
        <Export />
      </div>
    </div>
  );
}
