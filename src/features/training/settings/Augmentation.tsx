import { useId } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import type { Recipe, RunConfig } from '../../../core/config';
import { NumberInput } from '../../../widgets/NumberInput';

/** The list of augmentations in every detail: what a view may change is what the encoder learns to overlook. */
export function Augmentation({ config: { augmentation: recipe } }: { config: RunConfig }) {
  const { configure } = useActions();
  const problem = useSelected(
    ({ settings }) => settings.problems.find(({ field }) => field === 'augmentation')?.message,
  );
  const set = (values: Partial<Recipe>): void => configure({ augmentation: { ...recipe, ...values } });
  const jitter = (values: Partial<Recipe['jitter']>): void => set({ jitter: { ...recipe.jitter, ...values } });
  const blur = (values: Partial<Recipe['blur']>): void => set({ blur: { ...recipe.blur, ...values } });
  const { crop, blur: b, jitter: j } = recipe;
  return (
    <>
      {problem && <p className="setting-problem small">{problem}</p>}
      <div className="augmentation">
        <Amount label="Crop, smallest share" value={crop[0]} onChange={(low) => set({ crop: [low, crop[1]] })} />
        <Amount label="Crop, largest share" value={crop[1]} onChange={(high) => set({ crop: [crop[0], high] })} />
        <Amount label="Flip, probability" value={recipe.flip} onChange={(flip) => set({ flip })} />
        <Amount
          label="Vertical flip, probability"
          value={recipe.verticalFlip}
          onChange={(verticalFlip) => set({ verticalFlip })}
        />
        <Amount label="Jitter, probability" value={j.probability} onChange={(probability) => jitter({ probability })} />
        <Amount label="Brightness" value={j.brightness} onChange={(brightness) => jitter({ brightness })} />
        <Amount label="Contrast" value={j.contrast} onChange={(contrast) => jitter({ contrast })} />
        <Amount label="Saturation" value={j.saturation} onChange={(saturation) => jitter({ saturation })} />
        <Amount label="Hue" value={j.hue} onChange={(hue) => jitter({ hue })} />
        <Amount label="Grey, probability" value={recipe.grey} onChange={(grey) => set({ grey })} />
        <Amount label="Blur, probability" value={b.probability} onChange={(probability) => blur({ probability })} />
        <Amount
          label="Blur, smallest sigma"
          value={b.sigma[0]}
          onChange={(low) => blur({ sigma: [low, b.sigma[1]] })}
        />
        <Amount
          label="Blur, largest sigma"
          value={b.sigma[1]}
          onChange={(high) => blur({ sigma: [b.sigma[0], high] })}
        />
        <Amount label="Noise" value={recipe.noise} onChange={(noise) => set({ noise })} />
        <label className="check">
          <input
            type="checkbox"
            checked={recipe.quarterTurns}
            onChange={({ target }) => set({ quarterTurns: target.checked })}
          />
          Quarter turns
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={recipe.greyFirst}
            onChange={({ target }) => set({ greyFirst: target.checked })}
          />
          Grey before the jitter
        </label>
      </div>
    </>
  );
}

function Amount({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div className="amount">
      <label htmlFor={id}>{label}</label>
      <NumberInput id={id} value={value} step={0.05} onChange={onChange} />
    </div>
  );
}
