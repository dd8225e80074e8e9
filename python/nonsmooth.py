"""PyTorch modules in Nonsmooth: export one, run the tool on it, and read gradients, counts and findings back by the names of its parameters.

    import nonsmooth
    model = nonsmooth.export(module.eval(), (x,))
    print(model.verify(module, x)["holds"])          # is it the same network?
    run = model.run(x, profile="jax")                # another framework's derivatives at kinks
    run.gradients["conv1.weight"]
    model.cost().parameters["conv1.weight"]          # operations, bytes
    model.audit({"x": images, "target": labels}).parameters["conv1.weight"]

The tool is called as NONSMOOTH says, or `nonsmooth`. One file, for Python 3.9 and later; it needs PyTorch and nothing else.
"""

import ast
import ctypes
import json
import os
import shlex
import struct
import subprocess
import tempfile
import zipfile
from collections import namedtuple

import torch

__all__ = ["Audit", "Cost", "Model", "Node", "NonsmoothError", "Run", "export", "read_arrays", "write_arrays"]

#: What a model gave: outputs by name, the loss, gradients by the names of parameters, and what there is to say of the file.
Run = namedtuple("Run", "outputs loss gradients notes")

#: What a model costs: the tool's report, and for each parameter the rows of the nodes that read it, added up.
Cost = namedtuple("Cost", "report parameters")

#: What an audit found: the tool's report, its verdict in sentences, and for each parameter the layers that it feeds and that have kinks.
Audit = namedtuple("Audit", "report verdict parameters")

#: A node of the exported graph: the module it is in, the parameters that it reads, and those that feed it where it reads none.
Node = namedtuple("Node", "module parameters fed_by")


class NonsmoothError(RuntimeError):
    """The tool refused: the message is its line."""


def export(module, args=(), kwargs=None, path=None, dynamic_shapes=None):
    """Exports a module on example inputs, as torch.export does, and returns the Model.

    path -- the .pt2 file to write; without one it is a temporary file that goes with the Model.
    """
    program = torch.export.export(module, tuple(args), kwargs=kwargs, dynamic_shapes=dynamic_shapes)
    folder = None if path else tempfile.TemporaryDirectory(prefix="nonsmooth-")
    path = path or os.path.join(folder.name, "model.pt2")
    torch.export.save(program, path)
    return Model(path, folder)


class Model:
    """A model that the tool takes: an archive of torch.export, an ONNX file, a HuggingFace folder, or the name of a network."""

    def __init__(self, path, folder=None):
        self.path = str(path)
        self._folder = folder
        self._graph = None

    @property
    def inputs(self):
        """The names of an archive's inputs, in order."""
        return [spec["user_input"]["arg"]["as_tensor"]["name"] for spec in self._model["signature"]["input_specs"] if "as_tensor" in spec.get("user_input", {}).get("arg", {})]

    @property
    def nodes(self):
        """The nodes of an archive's graph by name, each a Node: reports name nodes, this says whose they are."""
        names = {}
        for spec in self._model["signature"]["input_specs"]:
            if "parameter" in spec:
                names[spec["parameter"]["arg"]["name"]] = spec["parameter"]["parameter_name"]
        nodes, feeds = {}, {}
        for node in self._model["graph"]["nodes"]:
            read = list(_tensors(node["inputs"]))
            parameters = [names[value] for value in read if value in names]
            fed = parameters or list(dict.fromkeys(p for value in read for p in feeds.get(value, [])))
            made = list(_tensors(node["outputs"]))
            for value in made:
                feeds[value] = fed
            stack = (node.get("metadata") or {}).get("nn_module_stack", "")
            module = stack.split(";")[-1].split(",")[1] if stack.count(",") >= 2 else ""
            for name in dict.fromkeys([node.get("name")] + made):
                if name:
                    nodes[name] = Node(module, parameters, [] if parameters else fed)
        return nodes

    def run(self, *inputs, loss="sum-squares", target=None, gradient=True, **options):
        """Runs it: outputs, a loss of them and its gradient in every trainable parameter, computed in 64 bits unless `precision` says otherwise.

        inputs -- tensors in the order of the archive's inputs, or one dictionary by name.
        loss -- one of the tool's (mse, cross-entropy, own, ...); target -- the tensor that it compares with.
        options -- of `nonsmooth run`, as precision="f32", profile="jax", adapter="folder".
        """
        arrays = self._named(inputs)
        if target is not None:
            arrays["labels" if loss == "own" else "target"] = target
        with tempfile.TemporaryDirectory(prefix="nonsmooth-") as folder:
            given, made = os.path.join(folder, "in.npz"), os.path.join(folder, "out.npz")
            write_arrays(given, arrays)
            report = _call("run", self.path, "--inputs", given, "--out", made, "--loss", loss, *(["--gradient"] if gradient else []), *_options(options))
            result = read_arrays(made)
        gradients = {name[len("grad."):]: value for name, value in result.items() if name.startswith("grad.")}
        outputs = {name: value for name, value in result.items() if name != "loss" and not name.startswith("grad.")}
        return Run(outputs, report["lossValue"], gradients, report["notes"])

    def verify(self, module, *inputs, **options):
        """Holds the model against the module: outputs, the sum of their squares, and its gradient as PyTorch computes it. Returns the tool's report; report["holds"] is the verdict."""
        named = self._named(inputs)
        module.zero_grad(set_to_none=True)
        y = module(*inputs) if not (len(inputs) == 1 and isinstance(inputs[0], dict)) else module(**inputs[0])
        outputs = [y] if isinstance(y, torch.Tensor) else list(y.values() if isinstance(y, dict) else y)
        loss = sum((o.double() ** 2).sum() for o in outputs if o.is_floating_point())
        loss.backward()
        arrays = dict(("in." + name, value) for name, value in named.items())
        arrays.update(("y" + (str(i) if i else ""), o) for i, o in enumerate(outputs))
        arrays["loss"] = loss
        arrays.update(("grad." + name, p.grad) for name, p in module.named_parameters() if p.grad is not None)
        with tempfile.TemporaryDirectory(prefix="nonsmooth-") as folder:
            recording = os.path.join(folder, "recorded.npz")
            write_arrays(recording, arrays)
            return _call("verify", self.path, "--against", recording, *_options(options), may_fail=True)

    def cost(self, **options):
        """Counts it without running it. options -- of `nonsmooth cost`, as batch=32, predict=True."""
        report = _call("cost", self.path, *_options(options))
        totals = {}
        for node, row in self._rows(report.get("nodes") or report["modules"], "name"):
            for parameter in node.parameters:
                total = totals.setdefault(parameter, {"forward": 0, "backward": 0, "macs": 0, "savedWords": 0, "nodes": []})
                total["forward"] += row["forward"]["total"]
                total["backward"] += row["backward"]["total"]
                total["macs"] += row["macs"]["dense"]
                total["savedWords"] += row["savedWords"]
                total["nodes"].append(row["name"])
        return Cost(report, totals)

    def kinks(self, **options):
        """Where it is not differentiable, a dictionary a node, with the module and the parameters that feed it."""
        report = _call("kinks", self.path, *_options(options))
        return [dict(row, module=node.module, parameters=node.parameters or node.fed_by) for node, row in self._rows(report["kinks"], "node")]

    def audit(self, data, **options):
        """Says whether its gradient depends on arbitrary choices at kinks, on data: a dictionary of tensors by name, or a name or file that --data takes."""
        with tempfile.TemporaryDirectory(prefix="nonsmooth-") as folder:
            if isinstance(data, dict):
                file = os.path.join(folder, "data.npz")
                write_arrays(file, data)
                data = file
            report = _call("audit", self.path, "--data", str(data), *_options(options))
        found = {}
        for node, row in self._rows(report["layers"], "name"):
            for parameter in node.parameters or node.fed_by:
                found.setdefault(parameter, []).append(dict(row, module=node.module))
        return Audit(report, report["verdict"], found)

    @property
    def _model(self):
        if self._graph is None:
            if not zipfile.is_zipfile(self.path):
                raise NonsmoothError(f"{self.path} is no archive of torch.export: give inputs as a dictionary by name; its nodes are not known here")
            with zipfile.ZipFile(self.path) as archive:
                name = next(n for n in archive.namelist() if n.endswith("models/model.json"))
                self._graph = json.loads(archive.read(name))["graph_module"]
        return self._graph

    def _named(self, inputs):
        if len(inputs) == 1 and isinstance(inputs[0], dict):
            return dict(inputs[0])
        names = self.inputs
        if len(names) != len(inputs):
            raise NonsmoothError(f"{self.path} takes {', '.join(names)}: {len(inputs)} tensors are given")
        return dict(zip(names, inputs))

    # Nodes of reports are called node.function, or scope.node; those of other models than archives are nobody's here.
    def _rows(self, rows, key):
        nodes = self.nodes if zipfile.is_zipfile(self.path) else {}
        for row in rows:
            yield nodes.get(row[key].split(".")[0], Node("", [], [])), row


def write_arrays(path, arrays):
    """Writes tensors by name as an .npz file, without numpy."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in arrays.items():
            value = value.detach().cpu()
            value = (value.to(torch.float32) if value.dtype == torch.bfloat16 else value).contiguous()
            if value.dtype not in _to_numpy():
                raise NonsmoothError(f"'{name}' is of {value.dtype}, which is not written: convert it to a type that numpy has")
            header = repr({"descr": _to_numpy()[value.dtype], "fortran_order": False, "shape": tuple(value.shape)}).encode()
            header += b" " * (-(len(header) + 11) % 64) + b"\n"
            archive.writestr(name + ".npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + ctypes.string_at(value.data_ptr(), value.numel() * value.element_size()))


def read_arrays(path):
    """Reads the arrays of an .npz file as tensors by name, without numpy."""
    types = {text: dtype for dtype, text in _to_numpy().items()}
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            data = archive.read(member)
            size, start = struct.unpack("<H", data[8:10]) + (10,) if data[6] == 1 else struct.unpack("<I", data[8:12]) + (12,)
            header = ast.literal_eval(data[start:start + size].decode("latin1").strip())
            if header["fortran_order"] and len(header["shape"]) > 1 or header["descr"] not in types:
                raise NonsmoothError(f"{path}: {member} is an array of {header['descr']}, fortran_order {header['fortran_order']}, which is not read")
            content = bytearray(data[start + size:])
            flat = torch.frombuffer(content, dtype=types[header["descr"]]) if content else torch.empty(0, dtype=types[header["descr"]])
            arrays[member[:-len(".npy")]] = flat.reshape(header["shape"])
    return arrays


def _to_numpy():
    return {
        torch.float64: "<f8", torch.float32: "<f4", torch.float16: "<f2", torch.int64: "<i8", torch.int32: "<i4", torch.int16: "<i2", torch.int8: "|i1", torch.uint8: "|u1", torch.bool: "|b1",
    }


def _tensors(values):
    for value in values if isinstance(values, list) else values.values() if isinstance(values, dict) else ():
        if isinstance(value, dict) and isinstance(value.get("as_tensor"), dict):
            yield value["as_tensor"]["name"]
        elif isinstance(value, dict) and isinstance(value.get("as_tensors"), list):
            yield from (tensor["name"] for tensor in value["as_tensors"])
        else:
            yield from _tensors(value)


def _options(options):
    """precision="f32" is --precision f32, predict=True is --predict, a list is an option given several times."""
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is not None and one is not False:
                yield option
                if one is not True:
                    yield str(one)


def _call(verb, *arguments, may_fail=False):
    command = shlex.split(os.environ.get("NONSMOOTH", "nonsmooth")) + [verb, *arguments, "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        raise NonsmoothError(f"there is no {command[0]}: install the tool, or say in NONSMOOTH how it is called") from None
    if done.returncode != 0 and not (may_fail and done.stdout.strip()):
        lines = done.stderr.strip().splitlines()
        raise NonsmoothError(lines[-1] if lines else f"{' '.join(command)} ended with {done.returncode}")
    return json.loads(done.stdout)
