"""The networks of `src/Nonsmooth.Training/Networks` as PyTorch modules: the same layers, sizes and initial spread."""
import math

import torch
from torch import nn
import torch.nn.functional as F


class LeNet5(nn.Module):
    shape, classes = (1, 28, 28), 10

    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.f1, self.f2, self.f3 = nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c2(x)), 2)
        x = x.flatten(1)
        return self.f3(F.relu(self.f2(F.relu(self.f1(x)))))


class Mlp(nn.Module):
    shape, classes = (1, 28, 28), 10

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))

    def forward(self, x):
        return self.net(x)


def conv(inputs, outputs, kernel, stride=1, bias=False):
    layer = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=bias)
    nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    return layer


class Vgg11(nn.Module):
    shape, classes = (3, 32, 32), 10

    def __init__(self):
        super().__init__()
        layers, inputs = [], 3
        for outputs, count in ((64, 1), (128, 1), (256, 2), (512, 2), (512, 2)):
            for _ in range(count):
                layers += [conv(inputs, outputs, 3, bias=True), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
                inputs = outputs
            layers.append(nn.MaxPool2d(2))
        self.features, self.classifier = nn.Sequential(*layers), nn.Linear(512, 10)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = conv(outputs, outputs, 3), nn.BatchNorm2d(outputs)
        self.skip = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        y += self.skip(x)
        return F.relu(y, inplace=True)


class ResNet18(nn.Module):
    shape, classes = (3, 32, 32), 10

    def __init__(self):
        super().__init__()
        layers, inputs = [conv(3, 64, 3), nn.BatchNorm2d(64), nn.ReLU(inplace=True)], 64
        for stage, outputs in enumerate((64, 128, 256, 512)):
            layers += [Block(inputs, outputs, 2 if stage else 1), Block(outputs, outputs, 1)]
            inputs = outputs
        self.features, self.fc = nn.Sequential(*layers), nn.Linear(512, 10)

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


class Dense(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.norm1, self.conv1 = nn.BatchNorm2d(inputs), conv(inputs, 128, 1)
        self.norm2, self.conv2 = nn.BatchNorm2d(128), conv(128, 32, 3)

    def forward(self, x):
        y = self.conv1(F.relu(self.norm1(x), inplace=True))
        y = self.conv2(F.relu(self.norm2(y), inplace=True))
        return torch.cat([x, y], 1)


class DenseNet121(nn.Module):
    shape, classes = (3, 32, 32), 10

    def __init__(self):
        super().__init__()
        layers, channels = [conv(3, 64, 3)], 64
        for block, count in enumerate((6, 12, 24, 16)):
            for _ in range(count):
                layers.append(Dense(channels))
                channels += 32
            layers += [nn.BatchNorm2d(channels), nn.ReLU(inplace=True)]
            if block < 3:
                layers += [conv(channels, channels // 2, 1), nn.AvgPool2d(2)]
                channels //= 2
        self.features, self.classifier = nn.Sequential(*layers), nn.Linear(channels, 10)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class Attention(nn.Module):
    def __init__(self, width, heads, tokens):
        super().__init__()
        self.heads, self.attn, self.proj = heads, nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.register_buffer("hidden", torch.ones(tokens, tokens, dtype=torch.bool).triu(1))

    def forward(self, x):
        n, t, d = x.shape
        q, k, v = (p.view(n, t, self.heads, d // self.heads).transpose(1, 2) for p in self.attn(x).split(d, 2))
        scores = (q @ k.transpose(2, 3)) * (1 / math.sqrt(d // self.heads))
        weights = F.softmax(scores.masked_fill(self.hidden[:t, :t], -math.inf), -1)
        return self.proj((weights @ v).transpose(1, 2).reshape(n, t, d))


class Layer(nn.Module):
    def __init__(self, width, heads, tokens):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads, tokens)
        self.fc, self.proj = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.attention(self.ln1(x))
        return x + self.proj(F.gelu(self.fc(self.ln2(x)), approximate="tanh"))


class GptMini(nn.Module):
    shape, classes = (256,), 65

    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(65, 384), nn.Embedding(256, 384)
        self.layers, self.ln = nn.Sequential(*(Layer(384, 6, 256) for _ in range(6))), nn.LayerNorm(384)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02)

    def forward(self, tokens):
        x = self.layers(self.wte(tokens) + self.wpe.weight)
        return F.linear(self.ln(x), self.wte.weight).flatten(0, 1)


NETWORKS = {
    "lenet5": LeNet5,
    "mlp:784-512-512-10": Mlp,
    "vgg11-bn-cifar": Vgg11,
    "resnet18-cifar": ResNet18,
    "densenet121-cifar": DenseNet121,
    "gpt-mini": GptMini,
}
