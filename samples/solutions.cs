#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:property PublishAot=false

using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

// A lasso inside a program: how the fit's squared length depends on the penalty.
double[] design = [1, 0.2, 0, 0.3, 1, 0.1, 0, 0.4, 1, 0.5, 0, 0.2];
double[] observed = [2, 1, -1, 0.5];
double[] penalty = [0.5];
var program = Trace((x, y, lambda) => Square(Solve.Lasso(x, y, lambda)).Sum(), new Shape(4, 3), new Shape(4), Shape.Scalar);
var gradient = program.Backprop("lambda");
var results = Interpreter.Run<Float64>(gradient, design, observed, penalty);
Console.WriteLine($"|b|^2 = {((Tensor<double>)results[0])[0]:F4}, its derivative in the penalty {((Tensor<double>)results[1])[0]:F4}");

// The nearest point of a half-plane: at a point of its border the constraint is active without a multiplier.
var plane = new QuadraticProgram();
foreach (double distance in (double[])[1, 0, -1])
{
    var report = plane.Report(
    [
        Tensor.Of(new Shape(2, 2), [1.0, 0, 0, 1]), Tensor.Of(new Shape(2), [-distance, 0]),
        Tensor.Of(new Shape(1, 2), [1.0, 0]), Tensor.Of(new Shape(1), [0.0]),
        new Tensor<double>(new Shape(0, 2)), new Tensor<double>(new Shape(0)),
    ])[0];
    var (right, left) = report.OneSided([[0, 0, 0, 0], [-1, 0], [0, 0], [0], [], []]);
    Console.WriteLine($"at {distance}: {report}");
    Console.WriteLine($"  outwards the projection moves by {right[0][0]:F0}, inwards by {left[0][0]:F0}");
}

// What has no solution says so, with a proof.
try
{
    plane.Report(
    [
        Tensor.Of(new Shape(1, 1), [1.0]), Tensor.Of(new Shape(1), [0.0]), Tensor.Of(new Shape(2, 1), [1.0, -1]), Tensor.Of(new Shape(2), [0.0, -1]),
        new Tensor<double>(new Shape(0, 1)), new Tensor<double>(new Shape(0)),
    ]);
}
catch (InfeasibleProblemException e)
{
    Console.WriteLine($"{e.Message}; multipliers {string.Join(", ", e.Certificate.Select(m => m.ToString("F2", null)))}");
}

// A layer that is a fixed point, and what each way of differentiating it is predicted to take.
var step = Trace((b, x) => Relu((0.6 * x) + b), new Shape(50), new Shape(50));
var advice = StrategyAdvice.For(new FixedPoint(step), contraction: 0.6);
foreach (var price in advice.Prices)
{
    Console.WriteLine($"{(price == advice.Recommended ? "*" : " ")} {price.Work,9:F0} operations, error {price.Error:G2}: {price.Strategy}");
}
