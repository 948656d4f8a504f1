import { FileButton } from '../../widgets/FileButton';
import { useActions } from '../store/hooks';

interface AddWeightsProps {
  words: string;
  className: string;
  /** What the file input is called for assistive technology. */
  label: string;
  testId?: string;
}

/** Takes in a file of weights: one more encoder in the list, from which the next run starts. */
export function AddWeights({ words, className, label, testId }: AddWeightsProps) {
  const { takeWeights } = useActions();
  return (
    <FileButton
      className={className}
      accept=".safetensors"
      input={label}
      testId={testId}
      onFile={(file) => void takeWeights(file)}
    >
      {words}
    </FileButton>
  );
}
