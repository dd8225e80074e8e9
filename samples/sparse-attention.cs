#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:property PublishAot=false

using System.Globalization;
using Nonsmooth.Answers;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Randomness;
using Nonsmooth.Selections;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (tokens, width) = (6, 4);
var random = new CounterRandom(3);
double[] q = Numbers("q");
double[] k = Numbers("k");
double[] v = Numbers("v");

// Attention whose weights are projected on the simplex instead of a softmax: most are 0, exactly.
Shape shape = new(tokens, width);
Show("softmax", Trace((q, k) => Softmax(Scores(q, k)), shape, shape));
Show("entmax 1.5", Trace((q, k) => Solve.Entmax(Scores(q, k)), shape, shape));
Show("sparsemax", Trace((q, k) => Solve.Sparsemax(Scores(q, k)), shape, shape));

// Its gradient, checked against differences.
var attention = Trace((q, k, v) => Square(MatMul(Solve.Sparsemax(Scores(q, k)), v)).Sum(), shape, shape, shape);
Console.WriteLine($"random queries: {GradientCheck.Of(attention, [q, k, v]).Label}");

// At a kink: the second score is exactly where its weight begins. Both selections give an element of the derivative.
double[] scores = [1, 0, -1];
double[] values = [1, 2, 5];
var kinked = Trace((z, v) => (Solve.Sparsemax(z) * v).Sum(), new Shape(3), new Shape(3));
double Value(double[] z) => ((Tensor<double>)Interpreter.Run<Float64>(kinked, z, values)[0])[0];
foreach (var rule in (ActivityRule[])[ActivityRule.Inactive, ActivityRule.Active])
{
    var gradient = kinked.Backprop("z", Selection.Default with { WeaklyActive = rule });
    var found = GradientCheck.Of(Value, z => ((Tensor<double>)Interpreter.Run<Float64>(gradient, z, values)[1]).Elements, scores);
    Console.WriteLine($"its constraint taken as {rule}: {found.Label} ({found.Reason})");
}

var report = new Simplex().Report([Tensor.Of(new Shape(3), scores), Tensor.Generate(Shape.Scalar, _ => 1.0)])[0];
var sides = report.OneSided([[0, 1, 0], [0]]);
Console.WriteLine($"weakly active {string.Join(" ", report.WeaklyActive)}; its weight's derivative in its score: {sides.Left[0][1]:F2} from the left, {sides.Right[0][1]:F2} from the right");

static Nonsmooth.Programs.Variable Scores(Nonsmooth.Programs.Variable q, Nonsmooth.Programs.Variable k) =>
    MatMul(q, k, transposeRight: true) * (1 / Math.Sqrt(q.Shape[1]));

void Show(string name, Nonsmooth.Programs.Program program)
{
    var weights = (Tensor<double>)Interpreter.Run<Float64>(program, q, k)[0];
    Console.WriteLine($"{name,-10} {weights.Elements.Count(w => w == 0),2} of {weights.Elements.Length} weights are 0; first row {string.Join(" ", weights.Elements.Take(tokens).Select(w => w.ToString("F3", CultureInfo.InvariantCulture)))}");
}

double[] Numbers(string name)
{
    var stream = random.Derive(name);
    return [.. Enumerable.Range(0, tokens * width).Select(i => 2 * stream.Normal((ulong)i))];
}
