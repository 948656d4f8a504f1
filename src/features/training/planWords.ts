import { counted } from '../../core/amounts';
import { isBundled, isResnet, type RunConfig } from '../../core/config';
import { reconstructs } from '../../core/methods';
import { PRESET_WORDS } from '../../core/presets';
import { STAGES } from '../../core/representation';
import { startTitle } from '../../core/start_words';

/** Networks by their makers' names. */
const NETWORKS: Partial<Record<RunConfig['backbone'], string>> = {
  resnet8: 'ResNet-8',
  resnet18: 'ResNet-18',
  resnet34: 'ResNet-34',
  resnet50: 'ResNet-50',
};

/** What a run with these values will do, in one sentence. */
export function planWords(config: RunConfig, pictures: number): string {
  const { start, frozen, backbone, method, preset } = config;
  const yours = `your ${counted(pictures, 'picture')}`;
  if (reconstructs(method)) {
    const from = start === null ? '' : `, starting from ${startTitle(start)}`;
    return `Train ${article(PRESET_WORDS[preset].title)} on ${yours}${from}: it learns to redraw them from a short code.`;
  }
  const aim = 'so that search may find better look-alikes';
  if (start === null) {
    const network = isResnet(backbone) ? `a new ${NETWORKS[backbone] ?? 'network'}` : 'a new network';
    return `Train ${network} from scratch on ${yours}, so that search finds what they have in common.`;
  }
  const layers =
    frozen === 0
      ? 'all its layers'
      : frozen >= STAGES[backbone].length
        ? 'only what lies above its layers'
        : 'its last layers';
  return `Start from ${isBundled(start) ? startTitle(start) : `“${start.name}”`} and adapt ${layers} to ${yours}, ${aim}.`;
}

const article = (title: string): string => {
  const words = title.charAt(0).toLowerCase() + title.slice(1);
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
};
