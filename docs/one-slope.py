"""One slope of clamp in stock PyTorch: run it with 2.13, then with 2.14, and compare.

    python one-slope.py ~/data/mnist                    what the installed release does
    python one-slope.py ~/data/mnist --slope 1          slope 1 at a bound, in any release
    python one-slope.py ~/data/mnist --slope 0          slope 0
    python one-slope.py ~/data/mnist --export attack.onnx

The folder has MNIST's four IDX files, gzipped. Needs torch alone; to export, onnx and onnxscript too.
"""
import argparse
import gzip
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import cross_entropy

RADIUS = 0.1


class ChosenClamp(torch.autograd.Function):
    """clamp(v, 0, 1) whose slope at 0 and at 1 is said."""

    @staticmethod
    def forward(ctx, v, slope):
        ctx.save_for_backward(v)
        ctx.slope = slope
        return v.clamp(0, 1)

    @staticmethod
    def backward(ctx, gradient):
        (v,) = ctx.saved_tensors
        inside = ((v > 0) & (v < 1)).to(gradient.dtype)
        at_bound = ((v == 0) | (v == 1)).to(gradient.dtype)
        return gradient * (inside + ctx.slope * at_bound), None


def pixels(v, slope):
    return torch.clamp(v, 0, 1) if slope is None else ChosenClamp.apply(v, slope)


def read(folder, half):
    def raw(name, skip):
        return torch.frombuffer(bytearray(gzip.decompress((folder / name).read_bytes())[skip:]), dtype=torch.uint8)

    images = raw(f"{half}-images-idx3-ubyte.gz", 16).view(-1, 1, 28, 28).float() / 255
    return images, raw(f"{half}-labels-idx1-ubyte.gz", 8).long()


def network(seed):
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Conv2d(1, 8, kernel_size=5, stride=2), nn.ReLU(),
        nn.Conv2d(8, 16, kernel_size=3, stride=2), nn.ReLU(),
        nn.Flatten(), nn.Linear(400, 64), nn.ReLU(), nn.Linear(64, 10))


def attack_through_clamp(model, x, y, steps, length, slope):
    """Moves d, which starts at 0, along the gradient of the loss of model(clamp(x + d, 0, 1))."""
    d = torch.zeros_like(x)
    for _ in range(steps):
        d.requires_grad_(True)
        (g,) = torch.autograd.grad(cross_entropy(model(pixels(x + d, slope)), y), d)
        d = (d.detach() + length * g.sign()).clamp(-RADIUS, RADIUS)
    return (x + d).clamp(0, 1)


def attack_outside_clamp(model, x, y, steps=20, length=0.01):
    """Moves the image and puts it back into range after each step: clamp has no gradient here."""
    lowest, highest = (x - RADIUS).clamp(min=0), (x + RADIUS).clamp(max=1)
    z = torch.minimum(torch.maximum(x + RADIUS * (2 * torch.rand_like(x) - 1), lowest), highest)
    for _ in range(steps):
        z.requires_grad_(True)
        (g,) = torch.autograd.grad(cross_entropy(model(z), y), z)
        z = torch.minimum(torch.maximum(z.detach() + length * g.sign(), lowest), highest)
    return z


def train(model, x, y, steps, change=lambda images, classes: images):
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(steps):
        chosen = torch.randint(len(x), (64,))
        images = change(x[chosen], y[chosen])
        adam.zero_grad()
        cross_entropy(model(images), y[chosen]).backward()
        adam.step()
    return model


@torch.no_grad()
def accuracy(model, x, y):
    return 100 * (model(x).argmax(dim=1) == y).float().mean().item()


class AttackStep(nn.Module):
    """The first step of the attack as a model with a parameter: what an audit can look at."""

    def __init__(self, model):
        super().__init__()
        self.d = nn.Parameter(torch.zeros(1, 1, 28, 28))
        self.model = model

    def forward(self, x):
        return self.model(torch.clamp(x + self.d, 0, 1))


def main():
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("folder", type=Path)
    command.add_argument("--slope", type=float, choices=[0.0, 1.0])
    command.add_argument("--seeds", type=int, default=5)
    command.add_argument("--export", metavar="FILE.onnx")
    options = command.parse_args()
    torch.set_num_threads(1)
    if options.export:
        step = AttackStep(network(0))
        torch.onnx.export(step, (torch.zeros(2, 1, 28, 28),), options.export, input_names=["x"], output_names=["logits"],
                          dynamic_shapes={"x": {0: torch.export.Dim("batch")}}, dynamo=True)
        return

    x, y = read(options.folder, "train")
    test_x, test_y = read(options.folder, "t10k")
    some_x, some_y = test_x[:2000], test_y[:2000]
    print(f"PyTorch {torch.__version__}; pixels exactly 0 or 1: {100 * ((test_x == 0) | (test_x == 1)).float().mean().item():.1f} %")
    for seed in range(options.seeds):
        plain = train(network(seed), x, y, 1500)
        measured = accuracy(plain, attack_through_clamp(plain, some_x, some_y, 10, 0.025, options.slope), some_y)
        hardened = network(seed)
        train(hardened, x, y, 600, lambda images, classes: attack_through_clamp(hardened, images, classes, 4, 0.04, options.slope))
        judged = accuracy(hardened, attack_outside_clamp(hardened, some_x, some_y), some_y)
        print(f"seed {seed}: clean {accuracy(plain, test_x, test_y):.1f} %, under the attack {measured:.1f} %; "
              f"trained on the attack: clean {accuracy(hardened, test_x, test_y):.1f} %, under an independent attack {judged:.1f} %", flush=True)


if __name__ == "__main__":
    main()
