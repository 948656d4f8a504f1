"""One step of MoCo, or one embedding, in PyTorch, timed: the peer of `npm run bench -- --pytorch` on the same machine.

    python3 bench/pytorch_step.py --network resnet18 --batch 256
    python3 bench/pytorch_step.py --row embed --network inception-v3 --batch 8

Same encoders, queue, loss, SGD and momentum update as src/learn/methods/moco.ts (He et al. 2020, algorithm 1), on a GPU if
there is one, else on the processor. A JSON line for each way of running: TF32 off and on (GPU), eager and compiled (PyTorch 2).
"""

import argparse
import copy
import json
import statistics
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

TEMPERATURE, KEY_MOMENTUM, LEARNING_RATE, OPTIMIZER_MOMENTUM, WEIGHT_DECAY = 0.2, 0.999, 0.03, 0.9, 1e-4
NETWORKS = {  # as in bench/networks.ts: blocks of each stage, width, stem, side
    "resnet8": ([1, 1, 1], 16, "cifar", 32),
    "resnet18": ([2, 2, 2, 2], 64, "cifar", 32),
    "resnet18-96": ([2, 2, 2, 2], 64, "imagenet", 96),
}
PRETRAINED = ["mobilenet-v2", "inception-v3"]  # only embedded with, pictures of 160 px


class BasicBlock(nn.Module):
    def __init__(self, inner, outer, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inner, outer, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outer)
        self.conv2 = nn.Conv2d(outer, outer, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outer)
        changes = stride != 1 or inner != outer
        self.downsample = nn.Sequential()
        if changes:
            self.downsample = nn.Sequential(nn.Conv2d(inner, outer, 1, stride, bias=False), nn.BatchNorm2d(outer))

    def forward(self, x):
        change = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(change + self.downsample(x))


class Encoder(nn.Module):
    def __init__(self, blocks, width, stem, dim):
        super().__init__()
        if stem == "cifar":
            layers = [nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
        else:
            layers = [nn.Conv2d(3, width, 7, 2, 3, bias=False), nn.BatchNorm2d(width), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
        inner = width
        for stage, count in enumerate(blocks):
            outer = width * 2**stage
            for j in range(count):
                layers.append(BasicBlock(inner, outer, 2 if stage > 0 and j == 0 else 1))
                inner = outer
        self.backbone = nn.Sequential(*layers)
        self.fc = nn.Linear(inner, dim)

    def forward(self, x):  # [N, 3, S, S] -> unit rows [N, C]
        return F.normalize(self.fc(self.backbone(x).mean((2, 3))), dim=1)


class Step:
    """Holds both encoders, the queue and the optimizer; a call is one step."""

    def __init__(self, network, batch, rows, dim, device, compiled):
        blocks, width, stem, side = NETWORKS[network]
        torch.manual_seed(0)
        self.query = Encoder(blocks, width, stem, dim).to(device)
        self.key = copy.deepcopy(self.query).requires_grad_(False)
        self.queue = F.normalize(torch.randn(rows, dim, device=device), dim=1)
        self.views = [torch.randn(batch, 3, side, side, device=device) for _ in range(2)]
        self.targets = torch.zeros(batch, dtype=torch.long, device=device)
        self.optimizer = torch.optim.SGD(
            self.query.parameters(), LEARNING_RATE, momentum=OPTIMIZER_MOMENTUM, weight_decay=WEIGHT_DECAY
        )
        self.pointer = 0
        self.encoders = [self.query, self.key]
        if compiled:
            self.encoders = [torch.compile(encoder) for encoder in self.encoders]

    def __call__(self):
        query, key = self.encoders
        with torch.no_grad():
            for of_query, of_key in zip(self.query.parameters(), self.key.parameters()):
                of_key.mul_(KEY_MOMENTUM).add_(of_query, alpha=1 - KEY_MOMENTUM)
            k = key(self.views[1])  # [N, C]
        q = query(self.views[0])  # [N, C]
        logits = torch.cat([(q * k).sum(1, keepdim=True), q @ self.queue.T], 1) / TEMPERATURE  # [N, 1 + K]
        loss = F.cross_entropy(logits, self.targets)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.queue[self.pointer : self.pointer + len(k)] = k  # K is a multiple of N
        self.pointer = (self.pointer + len(k)) % len(self.queue)
        return loss


def pretrained(name):
    """As the page embeds: MobileNetV2's features, InceptionV3 up to Keras' mixed5; torchvision's code, random weights."""
    import torchvision.models as models

    if name == "mobilenet-v2":
        return models.mobilenet_v2().features
    network = models.inception_v3(init_weights=False)
    layers = []
    for key, layer in network.named_children():
        layers.append(layer)
        if key == "Mixed_6c":
            return nn.Sequential(*layers)


class Embedding:
    """Holds an encoder and pictures; a call embeds them."""

    def __init__(self, network, batch, dim, device, compiled):
        if network in PRETRAINED:
            trunk, side = pretrained(network), 160
        else:
            blocks, width, stem, side = NETWORKS[network]
            trunk = Encoder(blocks, width, stem, dim).backbone
        self.encoder = trunk.to(device).eval()
        self.pictures = torch.randn(batch, 3, side, side, device=device)
        if compiled:
            self.encoder = torch.compile(self.encoder)

    def __call__(self):
        with torch.inference_mode():
            return F.normalize(self.encoder(self.pictures).mean((2, 3)), dim=1)  # [N, C]


def seconds(step, count, finish):
    finish()
    began = time.perf_counter()
    for _ in range(count):
        step()
    finish()
    return time.perf_counter() - began


def measure(step, batch, rounds, finish):
    """Images a second of each round; a round lasts half a second or one step."""
    seconds(step, 2, finish)  # compiles, picks kernels
    count = max(1, min(200, int(0.5 / seconds(step, 1, finish))))
    return [batch * count / seconds(step, count, finish) for _ in range(rounds)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--row", choices=["step", "embed"], default="step")
    parser.add_argument("--network", choices=[*NETWORKS, *PRETRAINED], default="resnet18")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--queue", type=int, default=4096)
    parser.add_argument("--dim", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.row == "step" and options.network in PRETRAINED:
        parser.error(f"--network {options.network} goes with --row embed")
    if options.row == "step" and options.queue % options.batch:
        parser.error("--queue must be a multiple of --batch")

    cuda = torch.cuda.is_available()
    device = torch.device("cuda" if cuda else "cpu")
    finish = torch.cuda.synchronize if cuda else lambda: None
    name = torch.cuda.get_device_name() if cuda else f"cpu, {torch.get_num_threads()} threads"
    torch.backends.cudnn.benchmark = True
    for tf32 in [False, True] if cuda else [False]:
        torch.backends.cuda.matmul.allow_tf32 = tf32
        torch.backends.cudnn.allow_tf32 = tf32
        for compiled in [False, True] if hasattr(torch, "compile") else [False]:
            line = {"torch": torch.__version__, "device": name, "tf32": tf32, "compiled": compiled}
            try:
                if options.row == "embed":
                    step = Embedding(options.network, options.batch, options.dim, device, compiled)
                else:
                    step = Step(options.network, options.batch, options.queue, options.dim, device, compiled)
                rates = measure(step, options.batch, options.rounds, finish)
                line |= {"imagesPerSecond": statistics.median(rates), "samples": rates}
            except Exception as cause:  # A compiler that is missing, a card that is full: the other ways still count.
                line["error"] = f"{type(cause).__name__}: {cause}".splitlines()[0]
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
