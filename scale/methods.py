"""MoCo and SimCLR. Each takes this process' share of two views of a batch and gives its share's loss and accuracy."""

import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

import processes


def unit(x):
    """Rows of length 1, in full precision whatever came before."""
    return F.normalize(x.to(torch.get_default_dtype()), dim=1)


def contrast(logits, targets):
    """Mean cross-entropy, and how often the positive has the largest logit."""
    return F.cross_entropy(logits, targets), (logits.argmax(1) == targets).float().mean()


class MoCo(nn.Module):
    """Momentum contrast (He et al. 2020, algorithm 1; Chen et al. 2020 for v2), with one queue for all processes."""

    def __init__(self, encoder, recipe):
        super().__init__()
        self.query = encoder
        self.key = copy.deepcopy(encoder).requires_grad_(False)
        self.temperature, self.symmetric = recipe.temperature, recipe.symmetric
        self.eman, self.statistics_stay = recipe.keyNorm == "eman", recipe.norms == "running"
        generator = torch.Generator().manual_seed(recipe.seed)
        self.register_buffer("queue", unit(torch.randn(recipe.queue, recipe.dim, generator=generator)))  # [K, C]
        self.register_buffer("queue_ids", torch.full((recipe.queue,), -1))  # [K]
        self.register_buffer("pointer", torch.zeros((), dtype=torch.long))

    def train(self, mode=True):
        super().train(mode)
        if self.eman:
            self.key.eval()
        return self

    @torch.no_grad()
    def momentum_update(self, momentum):
        """theta_k <- m theta_k + (1 - m) theta_q. Parameters only; under EMAN (Cai et al. 2021) all state."""
        pairs = [(q, k) for q, k in zip(self.query.parameters(), self.key.parameters()) if q.requires_grad]
        if self.eman and not self.statistics_stay:
            pairs += zip(self.query.buffers(), self.key.buffers())
        for of_query, of_key in pairs:
            of_key.lerp_(of_query, 1 - momentum)

    @torch.no_grad()
    def encode_keys(self, views, order):
        """Keys of the whole batch [B, C], made in the order of a shuffle, so that batch norm cannot tell a key its query."""
        if self.eman:
            return processes.gather(unit(self.key(views)))
        shuffled = processes.own(order)
        keys = unit(self.key(processes.gather(views)[shuffled]))
        return processes.gather(keys)[torch.argsort(order)]

    def half(self, query_views, key_views, ids, order):
        q = unit(self.query(query_views))  # [N, C]
        keys = self.encode_keys(key_views, order)  # [B, C]
        positive = (q * processes.own(keys)).sum(1, keepdim=True)  # [N, 1]
        # The queue as it was; what it has of the query's own picture is no negative.
        negative = q @ self.queue.clone().T  # [N, K]
        negative = negative.masked_fill(ids[:, None] == self.queue_ids[None], float("-inf"))
        logits = torch.cat([positive, negative], 1) / self.temperature
        return (*contrast(logits, torch.zeros(len(q), dtype=torch.long, device=q.device)), keys)

    def forward(self, first, second, ids, order, momentum):
        """Views [N, 3, S, S] of the pictures `ids` [N]; `order`: a permutation of the whole batch [B]."""
        self.momentum_update(momentum)
        loss, accuracy, keys = self.half(first, second, ids, order)
        ids = processes.gather(ids)
        if self.symmetric:
            other, also, more = self.half(second, first, processes.own(ids), order)
            loss, accuracy = (loss + other) / 2, (accuracy + also) / 2
            keys, ids = torch.cat([keys, more]), torch.cat([ids, ids])
        self.enqueue(keys, ids)
        return loss, accuracy

    @torch.no_grad()
    def enqueue(self, keys, ids):
        rows = len(self.queue)
        slots = (self.pointer + torch.arange(len(keys), device=keys.device))[-rows:] % rows
        self.queue[slots], self.queue_ids[slots] = keys[-rows:], ids[-rows:]
        self.pointer.copy_((self.pointer + len(keys)) % rows)


class SimCLR(nn.Module):
    """Contrast within the batch of all processes (Chen et al. 2020, algorithm 1); decoupled: Yeh et al. 2022, eq. 4."""

    def __init__(self, encoder, recipe):
        super().__init__()
        self.query = encoder
        self.temperature, self.decoupled = recipe.temperature, recipe.decoupled

    def forward(self, first, second, ids=None, order=None, momentum=None):
        own = unit(self.query(torch.cat([first, second]))).chunk(2)  # [N, C] of each view
        z = torch.cat([processes.gather_with_gradient(of) for of in own])  # [2B, C]
        half = len(z) // 2
        places = torch.arange(half, device=z.device)
        mine = processes.own(places)
        rows = torch.cat([mine, half + mine])  # [2N], this process' among the 2B
        logits = (torch.cat(own) @ z.T / self.temperature).scatter(1, rows[:, None], float("-inf"))  # [2N, 2B]
        partners = (rows + half) % (2 * half)
        loss, accuracy = contrast(logits, partners)
        if self.decoupled:
            positive = logits.gather(1, partners[:, None])
            negative = logits.scatter(1, partners[:, None], float("-inf"))
            loss = (torch.logsumexp(negative, 1) - positive[:, 0]).mean()
        return loss, accuracy


METHODS = {"moco": MoCo, "simclr": SimCLR}


def optimizer_of(encoder, recipe):
    """SGD in PyTorch's form; weight decay on convolutions and linears, or on everything."""
    learning = [x for x in encoder.parameters() if x.requires_grad]
    decays = lambda x: recipe.decayAll or x.dim() > 1
    groups = [
        {"params": [x for x in learning if decays(x)], "weight_decay": recipe.weightDecay},
        {"params": [x for x in learning if not decays(x)], "weight_decay": 0.0},
    ]
    return torch.optim.SGD(groups, lr=recipe.learningRate, momentum=recipe.optimizerMomentum)
