import { Fault } from '../../core/fault';

/** train.py and what it imports, so that what is saved runs as it is. */
const SCRIPTS = import.meta.glob<string>(['/scale/*.py', '!/scale/test_*.py'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * What a run needs to go on in PyTorch, out of what it exports: recipe.json, weights, train.py, and how it is run.
 * @throws Fault('data') for a run that train.py cannot take up
 */
export function filesElsewhere(exported: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  const { 'recipe.json': recipe, 'model.safetensors': weights } = exported;
  if (!recipe || !weights)
    throw new Fault('data', 'Runs of this method go on in the page alone.', 'MoCo and SimCLR go on in PyTorch.');
  const utf8 = new TextEncoder();
  const scripts = Object.entries(SCRIPTS).map(([path, text]) => [path.replace(/.*\//, ''), utf8.encode(text)]);
  return {
    'README.md': utf8.encode(README),
    'recipe.json': recipe,
    'model.safetensors': weights,
    ...Object.fromEntries(scripts),
  };
}

const README = `# Continue this run in PyTorch

\`recipe.json\` says how the run was trained, \`model.safetensors\` holds its weights. In this folder, with Python 3.9 or newer,
PyTorch and torchvision:

    torchrun --nproc_per_node 2 train.py recipe.json --images DIR --out DIR

\`DIR\` is a folder of pictures, or of tar files as WebDataset has them; one process for each GPU, or
\`python3 train.py\` with the same arguments for a single one. \`python3 train.py --help\` lists what can be changed: steps,
batch size, queue. Started again with the same \`--out\`, it goes on from its checkpoint.

It writes \`embeddings.npy\` (with pyarrow also \`embeddings.parquet\`), \`images.csv\`, which says what each row is, and
\`model.safetensors\`: drop that one on Lookalike, and it searches and trains with it.
`;
