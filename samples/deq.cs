#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:project ../src/Nonsmooth.Training/Nonsmooth.Training.csproj
#:property PublishAot=false

using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Optimizers;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

// dotnet run samples/deq.cs [training images [epochs]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Width = 128;
if (args is ["memory", var how, var deep])
{
    Console.WriteLine($"{Grow(int.Parse(deep, CultureInfo.InvariantCulture), how == "implicit"):F0}");
    return;
}

int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 12_000;
int epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4;

// A layer of any depth, and a network of two hidden layers with as many weights.
var places = DataLocations.FromEnvironment();
string data = places.Find("mnist", "train-images-idx3-ubyte", "train-images-idx3-ubyte.gz") is null ? "strokes" : "mnist";
var digits = Datasets.Load(data, new DatasetOptions { Locations = places, TrainCount = count });
Console.WriteLine($"{digits.Train.Count} images of {data}, {epochs} epochs; accuracy on {digits.Test.Count} others");
Train(Classifier.Of("equilibrium", digits.Shape, 10, Equilibrium));
Train(Mlp.Create([digits.Shape.Size, Width, Width, 10], digits.Shape));

// A deeper solution takes longer, not more memory; differentiating the iterations keeps them all. Each in a process of its own.
Console.WriteLine("iterations   the process grows by, implicit   unrolled");
foreach (int iterations in (int[])[5, 20, 80])
{
    Console.WriteLine($"{iterations,10}   {Grown(iterations, "implicit"),26} MiB   {Grown(iterations, "unrolled"),4} MiB");
}

return;

// z = relu(zWᵀ + u), u linear in the image. Rows of W are at most 0.9 long in the sum of sizes: then it contracts.
static Variable Equilibrium(NetworkBuilder network, Variable x)
{
    x = x.Flatten(1);
    var u = network.Within("in", () => network.Linear(x, Width));
    var z = network.Within("loop", () =>
    {
        var v = network.Parameter("weight", new Shape(Width, Width), Initializer.FanIn(Width));
        var length = Abs(v).Sum(true, 1);
        return Fixed(v * (Clamp(length, upper: 0.9) / length), u, 1e-5);
    });
    return network.Within("out", () => network.Linear(z, 10));
}

static Variable Fixed(Variable w, Variable u, double tolerance) => w.Builder.ApplyAll(
    new FixedPoint(Step(w.Shape, u.Shape)) { Tolerance = tolerance, Strategy = new Neumann(200), NominalIterations = 8 }, w, u)[0];

static Nonsmooth.Programs.Program Step(Shape weight, Shape shape) =>
    Nonsmooth.Programs.Program.Trace((w, u, x) => Relu(MatMul(x, w, transposeRight: true) + u), weight, shape, shape);

void Train(Model network)
{
    using var trainer = new TrainingRun(new TrainingOptions
    {
        Network = network, Dataset = digits, OptimizerName = "adam", Optimizer = new AdamOptions(), Rate = 1e-3, Epochs = epochs,
    });
    var result = trainer.Train();
    Console.WriteLine($"  {network.Name,-24} {network.ParameterCount} weights: {100 * result.TestAccuracy:F2} %, {result.Seconds:F1} s");
}

// A contraction with which the solver makes so many iterations to three digits: all entries move as one number.
static (double Contraction, int Iterations) Contraction(int iterations)
{
    var one = new Shape(1, 1);
    var scalar = new FixedPoint(Step(one, one)) { Tolerance = 1e-3 };
    for (double contraction = 0.01; ; contraction += 0.001)
    {
        var report = scalar.Report([Tensor.Generate(one, _ => contraction), Tensor.Generate(one, _ => 1.0)])[0];
        if (report.Solution.Iterations >= iterations)
        {
            return (contraction, report.Solution.Iterations);
        }
    }
}

// By how many MiB this process grows at most when it compiles and runs the gradient of a sum over a batch; one row loads the code.
static double Grow(int iterations, bool implicitly)
{
    var (contraction, took) = Contraction(iterations);
    Batch(1);
    long before = Resident("VmRSS:");
    Batch(4096);
    return (Resident("VmHWM:") - before) / 1024.0;

    void Batch(int rows)
    {
        var program = Nonsmooth.Programs.Program.Trace(
            (w, u) =>
            {
                var z = implicitly ? Fixed(w, u, 1e-3) : Relu(u);
                for (int k = 1; k < (implicitly ? 0 : took); k++)
                {
                    z = Relu(MatMul(z, w, transposeRight: true) + u);
                }

                return Square(z).Sum();
            },
            new Shape(Width, Width),
            new Shape(rows, Width));
        using var ws = TorchTensor.Full([Width, Width], contraction / Width);
        using var us = TorchTensor.Full([rows, Width], 1);
        using var compiled = new LibTorchExecutor().Compile(program.Backprop("w"));
        compiled.Run(ws, us);
    }
}

static string Grown(int iterations, string how)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "memory", how, $"{iterations}"]) { RedirectStandardOutput = true })!;
    string text = process.StandardOutput.ReadToEnd().Trim();
    process.WaitForExit();
    return process.ExitCode == 0 ? text : throw new InvalidOperationException($"measuring ended with {process.ExitCode}");
}

static long Resident(string key) =>
    long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
