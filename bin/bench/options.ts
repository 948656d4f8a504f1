import { join } from 'node:path';
import { NETWORKS, type NetworkName } from '../../bench/networks';
import { PEERS, type PeerName, USUAL } from '../../bench/peers';
import { root } from '../build';
import { Complaint } from '../complaint';
import { oneOf, parse, wholeNumber } from '../options';

export const ROWS = ['step', 'embed', 'augment', 'search', 'steady', 'import'] as const;
export type Row = (typeof ROWS)[number];

export interface BenchOptions {
  rows: readonly Row[];
  networks: readonly NetworkName[];
  peers: readonly PeerName[];
  /** Instead of the networks' own. */
  batch: number | undefined;
  rounds: number;
  /** Seconds: a peer whose single run takes longer is left out. */
  patience: number;
  /** The browser may use the graphics card; batches are a GPU's. */
  gpu: boolean;
  /** The engine alone, without a browser. */
  node: boolean;
  json: string | undefined;
  images: string;
}

const PEER_NAMES = Object.keys(PEERS) as PeerName[];
const NETWORK_NAMES = (Object.keys(NETWORKS) as NetworkName[]).filter((name) => name !== 'small');

export const HELP = `Usage: npm run bench -- [options]

Measures this machine: every peer in one browser, taking turns, medians with their range, and what share of the probed
peak and bandwidth was reached. Ratios are of one run.

  --rows A,B      of ${ROWS.join(', ')}; default all
  --networks A,B  of ${NETWORK_NAMES.join(', ')}; default all
  --peers A,B     of ${PEER_NAMES.join(', ')};
                  default all that have every fusion or none
  --batch N       pictures of a step or an embedding, default what suits the network and the device
  --rounds N      samples of each, default 5
  --patience N    seconds; a peer whose single run takes longer is left out of that line, default 40
  --gpu           let the browser use the graphics card, with batches to match; default software, as in the tests
  --node          the engine without a browser, on any Vulkan device, beside PyTorch if a python3 has it. Batches are a
                  GPU's on a graphics card, and with --gpu
  --images DIR    pictures of the import row, default the sample
  --json FILE     write all figures

What takes long without a graphics card is stock TensorFlow.js: --peers without stock, or a smaller --patience, cuts the
time to a third; --networks resnet8 to a half.`;

/** @throws Complaint for what does not fit. */
export function readBenchOptions(args: string[]): BenchOptions | 'help' {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const lists = { rows: string, networks: string, peers: string };
  const options = { ...lists, batch: string, rounds: string, patience: string, json: string, images: string };
  const { values, positionals } = parse(args, { ...options, gpu: flag, node: flag, help: flag }, HELP);
  if (values.help) return 'help';
  if (positionals.length > 0) throw new Complaint(`"${positionals[0]}" belongs to no option. Try --help.`);
  const list = <T extends string>(name: keyof typeof lists, choices: readonly T[], usual = choices): readonly T[] =>
    values[name]?.split(',').map((one) => oneOf(name, one, choices) as T) ?? usual;
  return {
    rows: list('rows', ROWS),
    networks: list('networks', NETWORK_NAMES),
    peers: list('peers', PEER_NAMES, USUAL),
    batch: wholeNumber('batch', values.batch, 2, 4096),
    rounds: wholeNumber('rounds', values.rounds, 1, 1000) ?? 5,
    patience: wholeNumber('patience', values.patience, 1, 100_000) ?? 40,
    gpu: values.gpu,
    node: values.node,
    json: values.json,
    images: values.images ?? join(root, 'public/sample'),
  };
}
