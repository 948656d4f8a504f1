"""An encoder: backbone and projection head, and its weights as the page writes and reads them."""

import re
from functools import partial

import torch
import torch.nn as nn

import files
from backbones import KERAS, backbone
from norm import BatchNorm


def projection_head(kind, inputs, dim, norm):
    if kind == "linear":  # MoCo v1
        return nn.Linear(inputs, dim)
    if kind == "mlp":  # MoCo v2
        return nn.Sequential(nn.Linear(inputs, inputs), nn.ReLU(), nn.Linear(inputs, dim))
    return nn.Sequential(  # SimCLR
        nn.Linear(inputs, inputs, bias=False), norm(inputs), nn.ReLU(), nn.Linear(inputs, dim, bias=False), norm(dim)
    )


class Encoder(nn.Module):
    """Views [N, 3, S, S] -> projections [N, C]; `embed` -> embeddings [N, D], which search uses.

    The first `frozen` stages do not learn and use their running statistics; with norms 'running' those of all stages do.
    """

    def __init__(self, stages, head, dim, frozen=0, norms="batch", keras=False, norm=BatchNorm):
        super().__init__()
        self.names = [name for name, _, _ in stages]
        self.width = stages[-1][1]
        self.stages = nn.ModuleList(module for _, _, module in stages)
        self.fc = projection_head(head, self.width, dim, norm)
        self.frozen, self.norms, self.keras = frozen, norms, keras
        self.stages[:frozen].requires_grad_(False)

    def train(self, mode=True):
        super().train(mode)
        for i, stage in enumerate(self.stages):
            if i < self.frozen or self.norms == "running":
                stage.eval()
        return self

    def embed(self, x):
        with torch.no_grad():
            for stage in self.stages[: self.frozen]:
                x = stage(x)
        for stage in self.stages[self.frozen :]:
            x = stage(x)
        return x.mean((2, 3))

    def forward(self, x):
        return self.fc(self.embed(x))

    def initialise(self):
        """As torchvision does: convolutions by their fan out (He et al. 2015); linears by torch's default."""
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        return self

    # Files: torchvision's layouts, or Keras' HWIO convolutions and [in, out] linears.

    def file_tensors(self):
        """{name in a file: array}."""
        return {file_name(name): self.turned(name, x, "file").float() for name, x in self.state_dict().items()}

    def load_file(self, tensors):
        """Takes weights out of a file. One without a head leaves the head as it is.

        Raises ValueError that names the first tensor that is missing, unknown or of another shape.
        """
        own = {file_name(name): name for name in self.state_dict()}
        headless = not any(name.startswith("fc.") for name in tensors)
        wanted = {name for name in own if not (headless and name.startswith("fc."))}
        for name in sorted(wanted ^ set(tensors)):
            raise ValueError(f"the tensor '{name}' is {'missing' if name in wanted else 'not one of this encoder'}")
        state = self.state_dict()
        for name, values in tensors.items():
            values, place = self.turned(own[name], values, "module"), state[own[name]]
            if values.shape != place.shape:
                raise ValueError(f"the tensor '{name}' has the shape {[*values.shape]}, not {[*place.shape]}")
            place.copy_(values)

    def turned(self, name, x, to):
        if not self.keras or x.dim() not in (2, 4):
            return x
        if x.dim() == 2:
            return x.t()
        if name.endswith("_depthwise.weight"):  # [C, 1, k, k] <-> [k, k, C, 1]
            return x.permute(2, 3, 0, 1)
        return x.permute(2, 3, 1, 0) if to == "file" else x.permute(3, 2, 0, 1)


file_name = partial(re.sub, r"^stages\.\d+\.", "")


def encoder_of(recipe):
    """The encoder of a recipe, with its weights where it starts from some."""
    torch.manual_seed(recipe.seed)
    norm = lambda channels, eps=1e-5: BatchNorm(channels, recipe.groups, eps)
    stages = backbone(recipe.backbone, recipe.width, recipe.stem, norm)
    keras = recipe.backbone in KERAS
    encoder = Encoder(stages, recipe.head, recipe.dim, recipe.frozen, recipe.norms, keras, norm).initialise()
    if recipe.start:
        encoder.load_file(files.read_safetensors(recipe.folder / recipe.start["weights"])[0])
    return encoder
