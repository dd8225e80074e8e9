"""Calls everything in python/nonsmooth.py on an archive and its recording. Arguments: the archive, the recording."""

import os
import sys
import tempfile

import nonsmooth
import torch


class Recorded:
    """A module that gives what was recorded."""

    def __init__(self, archive, arrays):
        self.archive, self.arrays = archive, arrays

    def __call__(self, *inputs):
        return self.arrays["y"]

    def zero_grad(self, set_to_none):
        pass

    def named_parameters(self):
        for name, value in self.arrays.items():
            if name.startswith("grad."):
                parameter = torch.empty(0, torch.float32)
                parameter.grad = value
                yield name[len("grad."):], parameter


def near(ours, theirs):
    ours, theirs = ours.tolist(), theirs.tolist()
    most = max(abs(value) for value in theirs)
    assert len(ours) == len(theirs) and max(abs(a - b) for a, b in zip(ours, theirs)) <= 1e-4 * most, (ours[:3], theirs[:3])


def refused(call, why):
    try:
        call()
    except nonsmooth.NonsmoothError as error:
        assert why in str(error) and "\n" not in str(error), error
        return
    raise AssertionError("nothing was refused")


archive, recording = sys.argv[1:]
arrays = nonsmooth.read_arrays(recording)
x = arrays["in.image"]
module = Recorded(archive, arrays)
model = nonsmooth.export(module, (x,))
assert model.inputs == ["image"], model.inputs
assert model.nodes["conv2d"] == nonsmooth.Node("conv1", ["conv1.weight", "conv1.bias"], []), model.nodes["conv2d"]
assert model.nodes["relu"] == nonsmooth.Node("", [], ["conv2.weight", "conv2.bias"]), model.nodes["relu"]

run = model.run(x)
near(run.outputs["linear_2"], arrays["y"])
assert abs(run.loss - arrays["loss"].tolist()[0]) < 1e-4 * run.loss
recorded = {name[len("grad."):]: value for name, value in arrays.items() if name.startswith("grad.")}
assert run.gradients.keys() == recorded.keys()
for name, value in recorded.items():
    near(run.gradients[name], value)
    assert run.gradients[name].shape == value.shape
assert model.run({"image": x}, gradient=False, precision="f32").gradients == {}
labels = torch.tensor([1, 2], torch.int64, (2,))
assert 0 < model.run(x, loss="cross-entropy", target=labels).loss < 10

assert model.verify(module, x)["holds"]
wrong = dict(arrays)
wrong["grad.conv1.bias"] = torch.tensor([7.0] * 6, torch.float32, (6,))
report = model.verify(Recorded(archive, wrong), x)
assert not report["holds"] and [t["name"] for t in report["tensors"] if not t["holds"]] == ["grad.conv1.bias"], report

cost = model.cost()
assert cost.parameters.keys() == recorded.keys()
assert cost.parameters["conv1.weight"]["macs"] == cost.report["modules"][0]["macs"]["dense"] > 0
assert cost.parameters["fc3.bias"]["nodes"] == ["linear_2.linear"]
kinks = model.kinks()
assert {kink["function"] for kink in kinks} == {"relu", "max_pool2d"}
assert [kink["parameters"][0] for kink in kinks] == ["conv2.weight", "conv2.weight", "fc1.weight", "fc2.weight"], kinks

data = {"image": torch.tensor([((i * 37) % 101 - 50) / 25 for i in range(40 * 256)], torch.float32, (40, 1, 16, 16)), "target": torch.tensor([i % 10 for i in range(40)], torch.int64, (40,))}
audit = model.audit(data, batch=2, training_steps=0, precision=["f32"], draws=2, batches=2)
assert audit.verdict and audit.parameters["conv2.weight"][0]["name"].startswith("relu"), audit.parameters

refused(lambda: model.run(x, loss="mes"), "mes")
refused(lambda: model.run(x, x), "2 tensors are given")
os.environ["NONSMOOTH"] = "no-such-tool"
refused(model.cost, "no-such-tool")

with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "all.npz")
    types = [torch.float64, torch.float32, torch.float16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]
    written = {repr(t): torch.tensor([0, 1, 2, 3, 4, 5], t, (2, 3)) for t in types}
    written["none"], written["scalar"] = torch.empty(0, torch.float32), torch.tensor([5], torch.int64, ())
    nonsmooth.write_arrays(file, written)
    read = nonsmooth.read_arrays(file)
    assert [(n, v.shape, v.dtype, v.tolist()) for n, v in read.items()] == [(n, v.shape, v.dtype, v.tolist()) for n, v in written.items()]
    nonsmooth.write_arrays(file, {"brain": torch.tensor([0x3FC0], torch.bfloat16, (1,))})
    assert nonsmooth.read_arrays(file)["brain"].tolist() == [1.5]
print("the bridge holds")
