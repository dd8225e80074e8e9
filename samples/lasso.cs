#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:project ../src/Nonsmooth.Training/Nonsmooth.Training.csproj
#:property PublishAot=false

using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Differentiation;
using Nonsmooth.Randomness;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using Nonsmooth.Data;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Neighbouring columns correlate by 0.6; five of fifty count.
var (columns, rows) = (50, 80);
double[] truth = new double[columns];
(int At, double Value)[] support = [(3, 3), (10, -2), (20, 1.5), (21, -1.5), (40, 1)];
foreach (var (at, value) in support)
{
    truth[at] = value;
}

var random = new CounterRandom(1);
Console.WriteLine($"correlated design, {rows} rows, {columns} columns, {support.Length} of them count");
var (problem, penalty) = Choose(Rows("train"), Rows("validation"), grid: 200);
var report = Report(problem, penalty);
Console.WriteLine($"  found {string.Join(" ", report.Active)}; true {string.Join(" ", support.Select(s => s.At))}");

// The least penalty with no coefficient: one is at its kink, and the derivative one-sided.
double first = Enumerable.Range(0, columns).Max(j => Math.Abs(Enumerable.Range(0, rows).Sum(i => problem.X[(i * columns) + j] * problem.Y[i])));
var kink = Report(problem, first);
var sides = kink.OneSided([new double[rows * columns], new double[rows], [1], [0]]);
int weak = kink.WeaklyActive[0];
Console.WriteLine($"  at lambda {first:F3}: weakly active {weak}; its derivative in lambda is {sides.Left[0][weak]:F5} from the left, {sides.Right[0][weak] + 0:F5} from the right");

// A pixel of a digit from the other pixels around it, every second one.
if (DataLocations.FromEnvironment() is var places && places.Find("mnist", "train-images-idx3-ubyte", "train-images-idx3-ubyte.gz") is not null)
{
    var digits = Mnist.Load(new DatasetOptions { Locations = places, TrainCount = 300, TestCount = 300 });
    Console.WriteLine("a pixel of MNIST from 195 others, 300 images");
    var (pixels, found) = Choose(Pixels(digits.Train), Pixels(digits.Test), grid: 40);
    Console.WriteLine($"  {Report(pixels, found).Active.Count} pixels are used");
}
else
{
    Console.WriteLine("MNIST is not in NONSMOOTH_DATA: pixel regression skipped");
}

// The penalty with the least validation loss: by the sign of its slope in log lambda, and by a grid.
(Regression Train, double Lambda) Choose(Regression train, Regression validation, int grid)
{
    int p = train.X.Length / train.Y.Length;
    int n = train.Y.Length;
    int m = validation.Y.Length;
    var loss = Nonsmooth.Programs.Program.Trace(
        [("x", new Shape(n, p)), ("y", new Shape(n)), ("xv", new Shape(m, p)), ("yv", new Shape(m)), ("lambda", Shape.Scalar)],
        v => [("loss", MeanSquaredError(MatMul(v[2], Solve.Lasso(v[0], v[1], v[4]).Reshape(new Shape(p, 1))).Reshape(new Shape(m)), v[3]))]);
    var gradient = loss.Backprop("lambda");
    int solves = 0;

    // From a penalty that leaves almost nothing, downhill until the slope turns; then secants between the two ends (Illinois).
    double top = Enumerable.Range(0, p).Max(j => Math.Abs(Enumerable.Range(0, n).Sum(i => train.X[(i * p) + j] * train.Y[i])));
    var high = At(Math.Log(top) - 0.5);
    var low = At(high.T - 1);
    while (low.Slope > 0)
    {
        (high, low) = (low, At(low.T - 1));
    }

    var best = low.Loss < high.Loss ? low : high;
    var (left, right) = (low.Slope, high.Slope);
    for (int i = 0; i < 20 && high.T - low.T > 1e-3 && Math.Abs(best.Slope) > 1e-5 * best.Loss; i++)
    {
        var next = At(((low.T * right) - (high.T * left)) / (right - left));
        best = next.Loss < best.Loss ? next : best;
        if (next.Slope > 0)
        {
            (high, right, left) = (next, next.Slope, left / 2);
        }
        else
        {
            (low, left, right) = (next, next.Slope, right / 2);
        }
    }

    int took = solves;
    var least = Enumerable.Range(0, grid).Select(i => (T: Math.Log(top) - (8.0 * i / grid), Loss: Run(loss, Math.Log(top) - (8.0 * i / grid))[0])).MinBy(v => v.Loss);
    Console.WriteLine($"  gradient: lambda {Math.Exp(best.T):F4}, validation loss {best.Loss:F6}, {took} solves");
    Console.WriteLine($"  grid:     lambda {Math.Exp(least.T):F4}, validation loss {least.Loss:F6}, {grid} solves");
    Console.WriteLine($"  the gradient's loss is {100 * ((best.Loss / least.Loss) - 1):F4} % above the grid's");
    return (train, Math.Exp(best.T));

    (double T, double Loss, double Slope) At(double t)
    {
        solves++;
        double[] results = Run(gradient, t);
        return (t, results[0], results[1] * Math.Exp(t));
    }

    double[] Run(Nonsmooth.Programs.Program program, double t)
    {
        double[][] inputs = [train.X, train.Y, validation.X, validation.Y, [Math.Exp(t)]];
        return [.. Interpreter.Run<Float64>(program, inputs).Select(r => ((Tensor<double>)r)[0])];
    }
}

SolutionReport Report(Regression data, double lambda)
{
    int n = data.Y.Length;
    var about = new ElasticNet().Report(
        [Tensor.Of(new Shape(n, data.X.Length / n), data.X), Tensor.Of(new Shape(n), data.Y), Number(lambda), Number(0)])[0];
    Console.WriteLine($"  at lambda {lambda:F4}: {about}");
    return about;
}

static Tensor<double> Number(double value) => Tensor.Generate(Shape.Scalar, _ => value);

Regression Rows(string name)
{
    var stream = random.Derive(name);
    double[] x = new double[rows * columns];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++)
    {
        for (int j = 0; j < columns; j++)
        {
            double fresh = stream.Normal((ulong)((i * columns) + j));
            x[(i * columns) + j] = j == 0 ? fresh : (0.6 * x[(i * columns) + j - 1]) + (0.8 * fresh);
            y[i] += truth[j] * x[(i * columns) + j];
        }

        y[i] += stream.Derive("noise").Normal((ulong)i);
    }

    return new(x, y);
}

Regression Pixels(DataSplit split)
{
    float[] images = new float[split.Count * 784];
    split.Fill([.. Enumerable.Range(0, split.Count)], images, new long[split.Count]);
    float black = images.Min();
    int[] places = [.. from r in Enumerable.Range(0, 14) from c in Enumerable.Range(0, 14) where (r, c) != (7, 7) select (r * 56) + (c * 2)];
    return new(
        [.. Enumerable.Range(0, split.Count).SelectMany(i => places.Select(p => Ink((i * 784) + p)))],
        [.. Enumerable.Range(0, split.Count).Select(i => Ink((i * 784) + (7 * 56) + 14))]);

    // Pixels without ink must be 0: two columns of one constant would be dependent, which the derivative refuses.
    double Ink(int at) => images[at] - black;
}

internal sealed record Regression(double[] X, double[] Y);
