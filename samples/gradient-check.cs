#:project ../src/Nonsmooth/Nonsmooth.csproj
#:property PublishAot=false

using Nonsmooth.Answers;
using Nonsmooth.Conservativity;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

// A rule of one's own, checked at a point where three entries tie for the maximum.
double[] tied = [2, 2, 2, 0];
Check("a share each", x => x.Max(), x => [.. x.Select(v => v == x.Max() ? 1.0 / x.Count(u => u == v) : 0)]);
Check("all to the first", x => x.Max(), x => [.. x.Select((v, i) => i == Array.IndexOf(x, x.Max()) ? 1.0 : 0)]);
Check("1 to each tied entry", x => x.Max(), x => [.. x.Select(v => v == x.Max() ? 1.0 : 0)]);
Check("sums to 1, but negative", x => x.Max(), _ => [2, -0.5, -0.5, 0]);

// Backprop of a program, under a selection.
var program = Trace(x => x.Max() + Relu(x).Sum(), new Shape(4));
var selection = Selection.Default with { ReluAtZero = 1.5 };
var under = GradientCheck.Of(program, [tied], new GradientCheckOptions { Selection = selection });
Console.WriteLine($"relu'(0) = 1.5: {under.Label} ({under.Misfit}) at the point; the rule is {under.Rule}");

// Whether a rule is conservative is a question about all points: by a theorem, and by trials on strata and along loops.
Console.WriteLine($"backprop, relu'(0) = 1.5: {ConservativityTest.Of(program, selection)}");
Console.WriteLine($"1 to each tied entry: {ConservativityTest.Of(x => x.Max(), x => [.. x.Select(v => v == x.Max() ? 1.0 : 0)], 3).Label}");

// The identity, written with two kinks: backprop says 0 at 0, and what can be known there.
var identity = Trace(x => Relu(x) - Relu(Negate(x)), Shape.Scalar);
double[][] zero = [[0]];
var ambiguity = Ambiguity.At(identity, zero);
var clarke = Clarke.At(identity, zero);
Console.WriteLine($"does the selection matter? {ambiguity.Ambiguous}, for {ambiguity.Cost.Ratio:F1} x the value's cost");
Console.WriteLine($"a Clarke subgradient: {clarke.Gradient[0][0]}, for {clarke.Cost.Ratio:F1} x");
Console.WriteLine($"differentiable? {Differentiability.At(identity, zero).Verdict}");

// Questions that are exponential in the number of ties are answered within a budget, or not at all.
var many = Trace(x => Relu(Negate(Abs(x).Sum())), new Shape(30));
var answer = Differentiability.At(many, [new double[30]]);
Console.WriteLine($"30 ties and more: {answer.Verdict}, {answer.Doubt}");

// Near a minimiser nothing is exactly stationary: is 0 nearly a convex combination of gradients close by?
var steep = Trace(x => Abs(x.Slice(0, 1, 2) - Square(x.Slice(0, 0, 1))).Sum() + Square(x.Slice(0, 0, 1) - 1).Sum(), new Shape(2));
double[][] found = [[1.0000000037, 0.9999999912]];
Console.WriteLine($"an optimizer's output: exactly stationary? {Stationarity.At(steep, found).ZeroIsClarke}");
var near = Stationarity.Within(steep, found, new GoldsteinBudget { Radius = 1e-6, Length = 1e-5, Time = new(TimeSpan.FromSeconds(5)) });
var (length, radius) = near.Recheck(steep, found);
Console.WriteLine($"within {radius:E0} a combination of {near.Combination.Count} gradients has length {length:E0}: {near.Verdict}");
double[][] unfinished = [[0.9, 0.81]];
Console.WriteLine($"another, unfinished: {Stationarity.Within(steep, unfinished).Verdict}");

void Check(string name, Func<double[], double> function, Func<double[], double[]> gradient)
{
    var found = GradientCheck.Of(function, gradient, tied);
    Console.WriteLine($"{name}: {found.Label}{(found.IsWrong ? ", wrong" : "")} ({found.Reason})");
}
