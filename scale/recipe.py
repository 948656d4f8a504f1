"""recipe.json: a run as the page describes it. Settings bear the page's names (src/core/scale_recipe.ts writes them)."""

import json
import math
import types

VERSION = 1
FIELDS = {
    "recipe", "start", "leftOut", "method", "backbone", "width", "stem", "head", "dim", "frozen", "norms", "side",
    "batch", "queue", "steps", "temperature", "keyMomentum", "symmetric", "keyNorm", "groups", "decoupled",
    "learningRate", "schedule", "warmup", "optimizerMomentum", "weightDecay", "decayAll", "augmentation", "seed",
}  # fmt: skip


def read(path, **changes):
    """The recipe of a file with some settings changed; `folder` is where the weights that it names lie.

    The learning rate follows a changed batch size in proportion, as it does on the page.
    """
    values = json.loads(path.read_text())
    if values.get("recipe") != VERSION:
        raise SystemExit(f"{path} is no recipe of version {VERSION}.")
    for name in sorted(FIELDS ^ set(values)):
        raise SystemExit(f"{path}: the setting '{name}' is {'missing' if name in FIELDS else 'not known here'}.")
    if values["method"] not in ("moco", "simclr"):
        raise SystemExit(f"{path}: the method '{values['method']}' is trained on the page alone.")
    changes = {name: value for name, value in changes.items() if value is not None}
    rate = values["learningRate"] * changes.get("batch", values["batch"]) / values["batch"]
    return types.SimpleNamespace(**(values | {"learningRate": rate} | changes), folder=path.parent)


def settings(recipe):
    """The recipe as it is written."""
    return {name: value for name, value in vars(recipe).items() if name in FIELDS}


def cosine(progress):
    return 0.5 * (1 + math.cos(math.pi * min(1, progress)))


def learning_rate(recipe, step):
    """Of step `step` from 0: a linear warm-up times the schedule (src/core/schedule.ts)."""
    steps = recipe.steps
    rate = recipe.learningRate * min(1, (step + 1) / max(1, steps * recipe.warmup))
    if recipe.schedule == "cosine":
        return rate * cosine(step / steps)
    if recipe.schedule == "steps":
        return rate * (1 if step < 0.6 * steps else 0.1 if step < 0.8 * steps else 0.01)
    return rate


def key_momentum(recipe, step):
    first, last = recipe.keyMomentum
    return last - (last - first) * cosine(step / recipe.steps)


def squares(recipe):
    """Pixels of the square that is made of a picture, and of its centre that is embedded.

    Views are crops of the square. ResNets embed a centre crop of the view's size, the networks from Keras the whole square.
    """
    whole = round(1.25 * recipe.side)
    return whole, recipe.side if recipe.backbone.startswith("resnet") else whole
