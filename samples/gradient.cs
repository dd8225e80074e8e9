#:project ../src/Nonsmooth.LibTorch/Nonsmooth.LibTorch.csproj
#:property PublishAot=false

using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

// An ordinary C# function over traced variables is a program.
var program = Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(2, 3), new Shape(3, 4));

// Its backprop is a program too, with an explicit choice at every kink.
var gradient = program.Backprop("w", Selection.Default with { ReluAtZero = 0.5 });
Console.WriteLine(gradient);

// What it costs is known before it runs: a bound of the unit model, and its exact count.
var model = new UnitModel(Nonlinear: 1);
Console.WriteLine($"backprop / value = {model.Backprop(program) / model.Cost(program):F3}, proved to be at most {model.Bound(program, 1).OmegaB}");

// The interpreter runs it in any arithmetic: here every operation is rounded to 16 bits.
double[] x = [1, 2, 0.5, 2, -1, 0]; // the last neuron of the second row sits exactly on its kink
double[] w = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2];
var half = (Tensor<double>)Interpreter.Run<Float16>(gradient, x, w)[1];
Console.WriteLine($"16 bits, interpreter: {string.Join(" ", half.Elements)}");

// libtorch runs it fast: planned once, run many times.
using var fast = new LibTorchExecutor().Compile(gradient);
using var xs = TorchTensor.FromSpan<double>(x, [2, 3]);
using var ws = TorchTensor.FromSpan<double>(w, [3, 4]);
fast.Run(xs, ws);
Console.WriteLine($"32 bits, libtorch: value {fast.OutputScalar(0):F4}");
