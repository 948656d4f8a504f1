"""Goes on with a run of the page in PyTorch, on one machine or several.

    torchrun --nproc_per_node 8 train.py recipe.json --images DIR --out DIR

Reads recipe.json and the weights beside it, trains on a folder of pictures or on WebDataset tars, and writes
model.safetensors, which the page takes back as a file of weights, and the embeddings of all pictures. Started again with
the same --out it goes on from its checkpoint. Needs torch and torchvision; embeddings.parquet needs pyarrow as well.
"""

import argparse
import os
import pathlib
import time

import numpy as np
import torch
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader

import files
import processes
import recipe as recipes
from backbones import KERAS, MEAN, STD
from encoder import encoder_of
from methods import METHODS, optimizer_of
from norm import BatchNorm
from pictures import Centres, Pictures, Steps, Views, shuffle

REPORT_EVERY = 20


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=pathlib.Path, help="recipe.json, beside the weights that it names")
    parser.add_argument("--images", type=pathlib.Path, required=True, help="folder of pictures or of tar files")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for results, which all processes see")
    parser.add_argument("--steps", type=int, help="instead of the recipe's; 0 only embeds")
    parser.add_argument("--batch", type=int, help="of all processes, instead of the recipe's; the learning rate follows")
    parser.add_argument("--queue", type=int, help="keys in MoCo's queue, instead of the recipe's")
    parser.add_argument("--precision", choices=["full", "bf16"], help="default bf16 where a GPU has it")
    parser.add_argument("--save-every", type=int, default=1000, help="steps between checkpoints")
    parser.add_argument("--workers", type=int, default=min(8, os.cpu_count() or 1), help="what reads pictures for each process")
    return parser.parse_args()


def say(words):
    if processes.rank() == 0:
        print(words, flush=True)


class Checkpoint:
    """All that a run needs to go on: weights, optimizer, queue, step. One file, replaced when a new one is complete."""

    def __init__(self, folder, recipe, method, optimizer):
        self.path, self.settings = folder / "checkpoint.pt", recipes.settings(recipe)
        self.parts = {"method": method, "optimizer": optimizer}

    def load(self):
        """The number of steps done."""
        if not self.path.exists():
            return 0
        kept = torch.load(self.path, map_location="cpu")
        if kept["recipe"] != self.settings:
            raise SystemExit(f"{self.path} belongs to a run with other settings: give another --out, or remove it.")
        for name, part in self.parts.items():
            part.load_state_dict(kept[name])
        return kept["step"]

    def save(self, step):
        if processes.rank() == 0:
            state = {name: part.state_dict() for name, part in self.parts.items()}
            with files.replacing(self.path) as file:
                torch.save({"step": step, "recipe": self.settings, **state}, file)


def train(recipe, method, pictures, device, given):
    """Trains the method's encoder to the recipe's last step."""
    optimizer = optimizer_of(method.query, recipe)
    checkpoint = Checkpoint(given.out, recipe, method, optimizer)
    begin = checkpoint.load()
    if begin:
        say(f"Goes on from step {begin}.")
    method.train()
    several = processes.count() > 1
    model = DistributedDataParallel(method, broadcast_buffers=False) if several else method
    steps = Steps(recipe, len(pictures), begin)
    loader = DataLoader(Views(pictures, recipe), batch_sampler=steps, num_workers=given.workers)
    bf16 = given.precision == "bf16" or (
        given.precision is None and device.type == "cuda" and torch.cuda.is_bf16_supported()
    )
    moving = [norm for norm in method.modules() if isinstance(norm, BatchNorm) and norm.training]
    statistics = [buffer for norm in moving for buffer in norm.buffers()]
    report = Report(given.out, begin, recipe)
    for step, (first, second, ids) in enumerate(loader, begin):
        rate = recipes.learning_rate(recipe, step)
        for group in optimizer.param_groups:
            group["lr"] = rate
        first, second, ids, order = (x.to(device, non_blocking=True) for x in (first, second, ids, shuffle(recipe, step)))
        with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            loss, accuracy = model(first, second, ids, order, recipes.key_momentum(recipe, step))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        # The mean of moving averages is the moving average of means: as if one process had seen the whole batch.
        processes.average(statistics)
        report.add(step + 1, loss, accuracy, rate)
        if (step + 1) % given.save_every == 0 or step + 1 == recipe.steps:
            report.flush()
            checkpoint.save(step + 1)
    processes.wait()


class Report:
    """loss.csv and a line now and then. Numbers are read from the device only every few steps."""

    def __init__(self, folder, begin, recipe):
        self.path, self.recipe, self.waiting, self.since = folder / "loss.csv", recipe, [], time.perf_counter()
        if processes.rank() == 0:
            known = self.path.read_text().splitlines(True)[: 1 + begin] if begin else []
            self.path.write_text("".join(known) or "step,loss,accuracy,lr\n")

    def add(self, step, loss, accuracy, rate):
        self.waiting.append((step, rate, torch.stack([loss.detach(), accuracy.detach()])))
        if step % REPORT_EVERY == 0:
            self.flush()

    def flush(self):
        if not self.waiting:
            return
        numbers = torch.stack([pair for _, _, pair in self.waiting])
        processes.average([numbers])
        if not torch.isfinite(numbers).all():
            raise SystemExit("The loss is no longer a number: try a third of the learning rate. The checkpoint is kept.")
        rows = [(step, *pair, rate) for (step, rate, _), pair in zip(self.waiting, numbers.tolist())]
        if processes.rank() == 0:
            with open(self.path, "a") as file:
                file.writelines(",".join(map(str, row)) + "\n" for row in rows)
        took = (time.perf_counter() - self.since) / len(rows)
        step, loss, accuracy, _ = rows[-1]
        say(
            f"Step {step}/{self.recipe.steps}: loss {loss:.4f}, accuracy {accuracy:.3f}, {self.recipe.batch / took:.0f} images/s"
        )
        self.waiting, self.since = [], time.perf_counter()


@torch.no_grad()
def embed(recipe, encoder, pictures, device, given):
    """embeddings.npy: unit-length rows [pictures, D] in the order of images.csv, each process writing its share."""
    encoder.eval()
    path = given.out / "embeddings.npy"
    if processes.rank() == 0:
        np.lib.format.open_memmap(path, "w+", np.float32, (len(pictures), encoder.width)).flush()
    processes.wait()
    table = np.lib.format.open_memmap(path, "r+")
    rows = np.array_split(np.arange(len(pictures)), processes.count())[processes.rank()].tolist()
    loader = DataLoader(Centres(pictures, recipe), 64, sampler=rows, num_workers=given.workers)
    for i, views in enumerate(loader):
        unit = torch.nn.functional.normalize(encoder.embed(views.to(device)), dim=1)
        table[rows[64 * i : 64 * i + len(unit)]] = unit.cpu().numpy()
    table.flush()
    processes.wait()


def write(recipe, encoder, pictures, given):
    """What the page and other programs take, as `npm run train` writes it."""
    out, normalised = given.out, not encoder.keras
    step = (recipe.start or {}).get("step", 0) + recipe.steps
    shape = f"{recipe.backbone} width {recipe.width}" if normalised else recipe.backbone
    about = {"format": "pt" if normalised else "tf", "producer": "Lookalike", "encoder": shape, "step": str(step)}
    about["side"] = str(recipe.side)
    files.write_safetensors(out / "model.safetensors", encoder.file_tensors(), about)
    name = (recipe.start or {}).get("name", recipe.method)
    start = {"weights": "model.safetensors", "name": name, "step": step}
    settings = recipes.settings(recipe)
    files.write_json(out / "recipe.json", settings | {"start": start})
    files.write_json(out / "report.json", {"method": recipe.method, "config": settings, "steps": step})
    files.write_pictures(out, pictures)
    whole, side = recipes.squares(recipe)
    mean, std = (MEAN, STD) if normalised else (0, 1)
    preprocessing = {"channels": "RGB", "shorterSide": whole, "centreCrop": side, "range": [0, 1]}
    preprocessing |= {"mean": [mean] * 3, "std": [std] * 3}
    table = {"file": "embeddings.npy", "shape": [len(pictures), encoder.width], "dtype": "float32", "unitLength": True}
    table |= {"rows": "images.csv", "refined": False, "encoder": name, "step": step}
    table |= {"layer": f"{encoder.names[-1]}, mean pooled", "preprocessing": preprocessing}
    files.write_json(out / "embeddings.json", table)
    if not files.write_parquet(out, pictures):
        say("embeddings.parquet is left out: it needs pyarrow.")


def main():
    given = options()
    device = processes.start()
    recipe = recipes.read(given.recipe, steps=given.steps, batch=given.batch, queue=given.queue)
    if recipe.batch % processes.count():
        raise SystemExit(f"A batch of {recipe.batch} does not divide among {processes.count()} processes.")
    given.out.mkdir(parents=True, exist_ok=True)
    pictures = Pictures(given.images)
    encoder = encoder_of(recipe).to(device)
    about = f"{recipe.method}, {recipe.backbone}, {recipe.steps} steps of {recipe.batch} pictures, views of {recipe.side} px"
    say(f"{len(pictures)} pictures; {about}")
    for words in recipe.leftOut:
        say(f"Not done here: {words}.")
    if recipe.steps > 0:
        train(recipe, METHODS[recipe.method](encoder, recipe).to(device), pictures, device, given)
    embed(recipe, encoder, pictures, device, given)
    if processes.rank() == 0:
        write(recipe, encoder, pictures, given)
    say(f"Saved in {given.out}")


if __name__ == "__main__":
    main()
