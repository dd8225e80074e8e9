#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:property PublishAot=false

using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Randomness;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Six assets, whose returns follow three features and not linearly; a portfolio maximises predicted return less risk.
var (assets, features) = (6, 4);
var random = new CounterRandom(7);
double[] slopes = Numbers("slopes", assets * 3);
double[] bends = Numbers("bends", assets * 3);
var risk = Matrix<double>.Build.Dense(assets, assets, Numbers("risk", assets * assets));
double[] quadratic = ((risk * risk.Transpose() / assets) + (0.5 * Matrix<double>.Build.DenseIdentity(assets))).ToRowMajorArray();
double[] minus = [.. Matrix<double>.Build.DenseIdentity(assets).Multiply(-1).ToRowMajorArray()];
double[] zero = new double[assets];
double[] ones = [.. Enumerable.Repeat(1.0, assets)];
double[] budget = [1];
var (train, test) = (Periods("train", 40), Periods("test", 200));

// Predict, then optimise: least squares first. From there the same model is trained through the quadratic program.
var x = Matrix<double>.Build.DenseOfRowMajor(40, features, train.Features);
var predicted = x.QR().Solve(Matrix<double>.Build.DenseOfRowMajor(40, assets, train.Returns));
double[] fitted = predicted.ToRowMajorArray();
var utility = Utility(40);
var gradient = utility.Backprop("weights");
double[] weights = fitted;
var (value, slope) = At(weights);
double rate = 1;
int problems = 40;
for (int step = 0; step < 25; step++)
{
    double[] moved = [.. weights.Zip(slope, (w, s) => w + (rate * s))];
    var next = At(moved);
    problems += 40;
    (weights, value, slope, rate) = next.Value > value ? (moved, next.Value, next.Slope, rate * 1.5) : (weights, value, slope, rate / 3);
}

Console.WriteLine("mean realised utility a period      trained on   new periods");
Console.WriteLine($"predict, then optimise             {At(fitted).Value,10:F4} {Mean(fitted),13:F4}");
Console.WriteLine($"trained through the program        {value,10:F4} {Mean(weights),13:F4}");
Console.WriteLine($"{problems} problems solved and differentiated");

// One period's solution: which assets are left out, and how safely; then at the prediction where one is about to come in.
double[] q = [.. (-(x.SubMatrix(0, 1, 0, features) * Matrix<double>.Build.DenseOfRowMajor(features, assets, weights))).ToRowMajorArray()];
var report = Report(q);
Console.WriteLine($"first period: {report}");
Console.WriteLine($"  holds {Text(report.Solution.Values[0])}; left out: {string.Join(" ", report.Active)}");
int asset = report.Active[0];

// Its multiplier is by how much the predicted return is too small: with that much more it is weakly active.
q[asset] -= report.Solution.Values[1][asset];
var kink = Report(q);
double[] raise = new double[assets];
raise[asset] = -1;
var sides = kink.OneSided([new double[quadratic.Length], raise, new double[minus.Length], zero, zero, [0]]);
Console.WriteLine($"asset {asset} at its threshold: weakly active {string.Join(" ", kink.WeaklyActive)}, {kink.Invertibility}");
Console.WriteLine($"  derivative of its share in its predicted return: {sides.Left[0][asset]:F4} from the left, {sides.Right[0][asset]:F4} from the right");

Nonsmooth.Programs.Program Utility(int periods) => Nonsmooth.Programs.Program.Trace(
    [
        ("weights", new Shape(features, assets)), ("features", new Shape(periods, features)), ("returns", new Shape(periods, assets)), ("Q", new Shape(assets, assets)),
        ("G", new Shape(assets, assets)), ("h", new Shape(assets)), ("A", new Shape(1, assets)), ("b", new Shape(1)),
    ],
    v =>
    {
        var z = Solve.QuadraticProgram(v[3], Negate(MatMul(v[1], v[0])), v[4], v[5], v[6], v[7]).Z;
        return [("utility", ((v[2] * z) - (0.5 * (MatMul(z, v[3]) * z))).Sum() / periods)];
    });

(double Value, double[] Slope) At(double[] at)
{
    var results = Interpreter.Run<Float64>(gradient, at, train.Features, train.Returns, quadratic, minus, zero, ones, budget);
    return (((Tensor<double>)results[0])[0], ((Tensor<double>)results[1]).Elements);
}

double Mean(double[] at) =>
    ((Tensor<double>)Interpreter.Run<Float64>(Utility(200), at, test.Features, test.Returns, quadratic, minus, zero, ones, budget)[0])[0];

SolutionReport Report(double[] linear) => new QuadraticProgram().Report(
[
    Tensor.Of(new Shape(assets, assets), quadratic), Tensor.Of(new Shape(assets), linear), Tensor.Of(new Shape(assets, assets), minus),
    Tensor.Of(new Shape(assets), zero), Tensor.Of(new Shape(1, assets), ones), Tensor.Generate(new Shape(1), _ => 1.0),
])[0];

// The last feature is 1. Returns bend with the squares, which the linear model cannot say.
(double[] Features, double[] Returns) Periods(string name, int count)
{
    double[] drawn = Numbers(name, count * 3);
    double[] noise = Numbers(name + " noise", count * assets);
    double[] given = [.. Enumerable.Range(0, count * features).Select(i => i % features == 3 ? 1 : drawn[(i / features * 3) + (i % features)])];
    double[] returns = [.. Enumerable.Range(0, count * assets).Select(i => (0.5 * noise[i]) + Enumerable.Range(0, 3).Sum(f => Moved(drawn[(i / assets * 3) + f], (i % assets * 3) + f)))];
    return (given, returns);
}

double Moved(double f, int at) => (0.5 * slopes[at] * f) + (0.4 * bends[at] * ((f * f) - 1));

double[] Numbers(string name, int count)
{
    var stream = random.Derive(name);
    return [.. Enumerable.Range(0, count).Select(i => stream.Normal((ulong)i))];
}

static string Text(double[] numbers) => string.Join(" ", numbers.Select(n => (Math.Round(n, 3) + 0).ToString("F3", CultureInfo.InvariantCulture)));
