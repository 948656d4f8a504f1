"""The page's backbones, stage by stage, with the names of its weight files.

A backbone is a list of stages; what stage i puts out depends on the stages up to i alone. ResNets bear torchvision's names,
InceptionV3 (Szegedy et al. 2016) and MobileNetV2 (Sandler et al. 2018) Keras' names. Inputs are views (x - .5) / .25.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision.models.resnet import BasicBlock, Bottleneck

MEAN, STD = 0.5, 0.25


# ResNets ---------------------------------------------------------------------------------------------------------------

class ResNetStem(nn.Module):
    def __init__(self, width, stem, norm):
        super().__init__()
        self.small = stem == "cifar"
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False) if self.small else nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = norm(width)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return y if self.small else F.max_pool2d(y, 3, 2, 1)


class Named(nn.Module):
    """One module under the name that it has in a file."""

    def __init__(self, name, module):
        super().__init__()
        self.add_module(name, module)
        self.name = name

    def forward(self, x):
        return getattr(self, self.name)(x)


def resnet(block, blocks, width, stem, norm):
    """[(stage name, channels, module)] of a residual network (He et al. 2016)."""
    stages, inputs = [("stem", width, ResNetStem(width, stem, norm))], width
    for i, count in enumerate(blocks):
        inner, layer = width * 2**i, []
        for j in range(count):
            stride, outputs, way_round = 2 if i > 0 and j == 0 else 1, inner * block.expansion, None
            if stride != 1 or inputs != outputs:
                way_round = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), norm(outputs))
            layer.append(block(inputs, inner, stride, way_round, norm_layer=norm))
            inputs = outputs
        stages.append((f"layer{i + 1}", inputs, Named(f"layer{i + 1}", nn.Sequential(*layer))))
    return stages


# Networks with Keras' names --------------------------------------------------------------------------------------------

class KerasStage(nn.Module):
    """Convolutions and norms by name; `unit` runs one of each."""

    def __init__(self, norm):
        super().__init__()
        self.norm = lambda channels: norm(channels, eps=1e-3)

    def add(self, conv, norm, inputs, outputs, kernel, stride=1, padding=None, groups=1):
        kernel = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        padding = tuple(k // 2 for k in kernel) if padding is None else padding
        self.add_module(conv, nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False))
        self.add_module(norm, self.norm(outputs))

    def unit(self, x, conv, norm):
        return getattr(self, norm)(getattr(self, conv)(x))


class InceptionStage(KerasStage):
    """Branches of units, whose outputs are put side by side. A branch: first pooling, then units (number, outputs, kernel, stride, padding)."""

    def __init__(self, norm, inputs, branches, first=False):
        super().__init__(norm)
        self.first, self.branches = first, branches
        for branch in branches:
            channels = inputs
            for part in branch:
                if isinstance(part, str):
                    continue
                number, outputs, kernel, stride, padding = (*part, 1, None)[:5] if len(part) == 3 else part
                self.add(f"conv2d_{number}", f"batch_normalization_{number}", channels, outputs, kernel, stride, padding)
                channels = outputs

    def forward(self, x):
        return torch.cat([self.run(x * STD + MEAN if self.first else x, branch) for branch in self.branches], 1)

    def run(self, x, branch):
        for part in branch:
            if part == "halve":
                x = F.max_pool2d(x, 3, 2)
            elif part == "smooth":
                x = F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
            else:
                x = F.relu(self.unit(x, f"conv2d_{part[0]}", f"batch_normalization_{part[0]}"))
        return x


def mixed_fives(first, pooled):
    n = first
    return [
        [(n, 64, 1)],
        [(n + 1, 48, 1), (n + 2, 64, 5)],
        [(n + 3, 64, 1), (n + 4, 96, 3), (n + 5, 96, 3)],
        ["smooth", (n + 6, pooled, 1)],
    ]


def mixed_sevens(n, inner):
    across, down = (1, 7), (7, 1)
    return [
        [(n, 192, 1)],
        [(n + 1, inner, 1), (n + 2, inner, across), (n + 3, 192, down)],
        [(n + 4, inner, 1), (n + 5, inner, down), (n + 6, inner, across), (n + 7, inner, down), (n + 8, 192, across)],
        ["smooth", (n + 9, 192, 1)],
    ]


STEM = [[(1, 32, 3, 2, 0), (2, 32, 3, 1, 0), (3, 64, 3), "halve", (4, 80, 1), (5, 192, 3, 1, 0), "halve"]]
REDUCTION = [[(27, 384, 3, 2, 0)], [(28, 64, 1), (29, 96, 3), (30, 96, 3, 2, 0)], ["halve"]]


def inception_v3(norm):
    """Up to mixed5."""
    table = [
        ("stem", 192, STEM),
        ("mixed0", 256, mixed_fives(6, 32)),
        ("mixed1", 288, mixed_fives(13, 64)),
        ("mixed2", 288, mixed_fives(20, 64)),
        ("mixed3", 768, REDUCTION),
        ("mixed4", 768, mixed_sevens(31, 128)),
        ("mixed5", 768, mixed_sevens(41, 160)),
    ]
    inputs = [3] + [channels for _, channels, _ in table]
    return [
        (name, channels, InceptionStage(norm, inputs[i], branches, first=i == 0))
        for i, (name, channels, branches) in enumerate(table)
    ]


class MobileStage(KerasStage):
    """Inverted residuals of one width; before the first block a convolution, after the last another."""

    def __init__(self, norm, inputs, blocks, outputs, stride, last=None):
        super().__init__(norm)
        self.first, self.last, self.blocks = blocks == [None], last, []
        if self.first:
            self.add("Conv1", "bn_Conv1", 3, 32, 3, 2, 0)
        for number in blocks:
            name, inner = ("expanded_conv", inputs) if number is None else (f"block_{number}", 6 * inputs)
            if number is not None:
                self.add(f"{name}_expand", f"{name}_expand_BN", inputs, inner, 1)
            padding = 0 if stride == 2 else 1
            self.add(f"{name}_depthwise", f"{name}_depthwise_BN", inner, inner, 3, stride, padding, groups=inner)
            self.add(f"{name}_project", f"{name}_project_BN", inner, outputs, 1)
            self.blocks.append((name, number is not None, stride, stride == 1 and inputs == outputs))
            inputs, stride = outputs, 1
        if last:
            self.add("Conv_1", "Conv_1_bn", outputs, last, 1)

    def forward(self, x):
        far_sides = lambda y: F.pad(y, (0, 1, 0, 1))  # Keras pads these alone before a stride of 2
        if self.first:
            x = F.relu6(self.unit(far_sides(x * STD + MEAN), "Conv1", "bn_Conv1"))
        for name, widens, stride, adds in self.blocks:
            y = F.relu6(self.unit(x, f"{name}_expand", f"{name}_expand_BN")) if widens else x
            y = F.relu6(self.unit(far_sides(y) if stride == 2 else y, f"{name}_depthwise", f"{name}_depthwise_BN"))
            y = self.unit(y, f"{name}_project", f"{name}_project_BN")
            x = x + y if adds else y
        return F.relu6(self.unit(x, "Conv_1", "Conv_1_bn")) if self.last else x


def mobilenet_v2(norm):
    """Up to out_relu."""
    return [
        ("stem", 16, MobileStage(norm, 32, [None], 16, 1)),
        ("block_2", 24, MobileStage(norm, 16, [1, 2], 24, 2)),
        ("block_5", 32, MobileStage(norm, 24, [3, 4, 5], 32, 2)),
        ("block_9", 64, MobileStage(norm, 32, [6, 7, 8, 9], 64, 2)),
        ("block_12", 96, MobileStage(norm, 64, [10, 11, 12], 96, 1)),
        ("block_15", 160, MobileStage(norm, 96, [13, 14, 15], 160, 2)),
        ("out_relu", 1280, MobileStage(norm, 160, [16], 320, 1, last=1280)),
    ]


RESNETS = {
    "resnet8": (BasicBlock, [1, 1, 1]),
    "resnet18": (BasicBlock, [2, 2, 2, 2]),
    "resnet34": (BasicBlock, [3, 4, 6, 3]),
    "resnet50": (Bottleneck, [3, 4, 6, 3]),
}
KERAS = {"inception-v3": inception_v3, "mobilenet-v2": mobilenet_v2}


def backbone(name, width, stem, norm):
    """[(stage name, channels, module)] from the picture upwards. `norm(channels, eps=1e-5)` makes a batch norm."""
    return KERAS[name](norm) if name in KERAS else resnet(*RESNETS[name], width, stem, norm)
