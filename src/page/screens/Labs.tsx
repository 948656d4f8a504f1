import { DownstreamTests } from '../../features/compare/tests/DownstreamTests';
import { Dimensions } from '../../features/labs/Dimensions';
import { Representation } from '../../features/labs/Representation';
import { SensitivityLab } from '../../features/labs/SensitivityLab';

/** Tools for experts: what an embedding is worth, and what is in it. */
export function Labs() {
  return (
    <div className="screen">
      <div className="screen-main">
        <DownstreamTests />
        <Representation />
        <Dimensions />
        <SensitivityLab />
      </div>
    </div>
  );
}
