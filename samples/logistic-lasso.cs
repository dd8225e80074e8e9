#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:property PublishAot=false

using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Randomness;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Labels by five of forty columns; the penalty is to leave the least logistic loss on other rows.
var (rows, columns) = (120, 40);
double[] truth = new double[columns];
(truth[2], truth[9], truth[17], truth[18], truth[30]) = (1.5, -1, 1, -1, 0.7);
var random = new CounterRandom(5);
var (train, validation) = (Rows("train"), Rows("validation"));

var loss = Nonsmooth.Programs.Program.Trace(
    [("x", new Shape(rows, columns)), ("y", new Shape(rows)), ("xv", new Shape(rows, columns)), ("yv", new Shape(rows)), ("t", Shape.Scalar)],
    v =>
    {
        // In t = log λ.
        var beta = Solve.LogisticLasso(v[0], v[1], Exp(v[4]));
        var margins = v[3] * MatMul(v[2], beta.Reshape(new Shape(columns, 1))).Reshape(new Shape(rows));
        return [("loss", Softplus(-margins).Sum() / rows)];
    });
var first = loss.Backprop(new BackpropOptions { WithRespectTo = ["t"] });
var second = first.Only("grad.t").Backprop(new BackpropOptions { WithRespectTo = ["t"], KeepValues = false });

double top = Math.Log(Enumerable.Range(0, columns).Max(j => Math.Abs(Enumerable.Range(0, rows).Sum(i => train.X[(i * columns) + j] * train.Y[i])) / 2));
Console.WriteLine($"{rows} rows, {columns} columns, no coefficient from lambda = {Math.Exp(top):F3} on");

// First order: bisection on the slope's sign. Second order: Newton's method, kept between the ends that the slopes' signs leave.
var (byFirst, firstSolves) = Search(false);
var (bySecond, secondSolves) = Search(true);
var grid = Enumerable.Range(0, 200).Select(i => (T: top - (6.0 * i / 200), Loss: Run(loss, top - (6.0 * i / 200))[0])).MinBy(v => v.Loss);
Console.WriteLine($"  first order:  lambda {Math.Exp(byFirst):F5}, validation loss {Run(loss, byFirst)[0]:F8}, {firstSolves} solves");
Console.WriteLine($"  second order: lambda {Math.Exp(bySecond):F5}, validation loss {Run(loss, bySecond)[0]:F8}, {secondSolves} solves");
Console.WriteLine($"  grid:         lambda {Math.Exp(grid.T):F5}, validation loss {grid.Loss:F8}, 200 solves");
Console.WriteLine($"  the second order's loss is {100 * ((Run(loss, bySecond)[0] / grid.Loss) - 1):F5} % above the grid's");

double step = 1e-5;
double difference = (Run(first, bySecond + step)[1] - Run(first, bySecond - step)[1]) / (2 * step);
Console.WriteLine($"  curvature {Run(second, bySecond)[0]:F8}, by differences of the gradient {difference:F8}");
var report = new LogisticLasso().Report([Tensor.Of(new Shape(rows, columns), train.X), Tensor.Of(new Shape(rows), train.Y), Tensor.Of(Shape.Scalar, new[] { Math.Exp(bySecond) })])[0];
Console.WriteLine($"  found {string.Join(" ", report.Active)}; {report}");

(double T, int Solves) Search(bool newton)
{
    var (low, high) = (top - 5, top - 0.05);
    double at = (low + high) / 2;
    int solves = 0;
    while (high - low > 1e-7 && solves < 60)
    {
        solves += newton ? 2 : 1;
        double slope = Run(first, at)[1];
        if (Math.Abs(slope) < 1e-10)
        {
            break;
        }

        (low, high) = slope > 0 ? (low, at) : (at, high);
        double curvature = newton ? Run(second, at)[0] : 0;
        double next = curvature > 0 ? at - (slope / curvature) : double.NaN;
        at = next > low && next < high ? next : (low + high) / 2;
    }

    return (at, solves);
}

double[] Run(Nonsmooth.Programs.Program program, double t)
{
    double[][] inputs = [train.X, train.Y, validation.X, validation.Y, [t]];
    return [.. Interpreter.Run<Float64>(program, inputs).OfType<Tensor<double>>().Select(r => r[0])];
}

Labelled Rows(string name)
{
    var stream = random.Derive(name);
    double[] x = [.. Enumerable.Range(0, rows * columns).Select(i => stream.Normal((ulong)i))];
    double[] y =
    [
        .. Enumerable.Range(0, rows).Select(i =>
        {
            double score = Enumerable.Range(0, columns).Sum(j => truth[j] * x[(i * columns) + j]);
            return stream.Derive("labels").Uniform((ulong)i) < 1 / (1 + Math.Exp(-score)) ? 1.0 : -1;
        }),
    ];
    return new(x, y);
}

internal sealed record Labelled(double[] X, double[] Y);
