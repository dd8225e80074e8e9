using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tests.Execution.Kernels;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>Half-precision execution has the interpreter's bits in every operation that rounds once.</summary>
/// <remarks>
/// Operands are random halves: of every exponent, subnormal, infinite, NaN, of both signs; many results overflow,
/// underflow or lie on midpoints.
/// </remarks>
public sealed class HalfExecutionTests
{
    private const int Count = 100_000;

    private static readonly Dictionary<string, Func<Variable, Variable, Variable>> _operations = new()
    {
        ["add"] = Add,
        ["subtract"] = Subtract,
        ["multiply"] = Multiply,
        ["divide"] = Divide,
        ["square root"] = (x, _) => Sqrt(x),
        ["square"] = (x, _) => Square(x),
        ["reciprocal"] = (x, _) => Reciprocal(x),

        // libtorch keeps the sign of a zero.
        ["relu"] = (x, _) => Relu(x) + 0.0,
        ["clamp"] = (x, _) => Clamp(x, -0.1, 0.3),
        ["maximum"] = Maximum,
        ["minimum"] = Minimum,
        ["slope of a maximum"] = (x, y) => x.Builder.Apply(new Greater(0.3), x, y),
        ["branch"] = (x, y) => x.Builder.Apply(new Branch(0.1), x, y, x, y),
        ["gate"] = (x, g) => x.Builder.Apply(new Gate(Pieces.One(0, 0, 0, 1)), x, g),
        ["gate, 0.5 at 0"] = (x, g) => x.Builder.Apply(new Gate(Pieces.One(0, 0, 0.5, 1)), x, g),
        ["gate, −7.3 at 1"] = (x, g) => x.Builder.Apply(new Gate(Pieces.One(1, 0, -7.3, 1)), Round(x), g),
        ["gate of a clamp"] = (x, g) => x.Builder.Apply(new Gate(new Pieces(-1, 1, 0, 0.5, 1, 0.5, 0)), Round(x), g),
        ["less"] = (x, y) => Chosen(Comparison.Less, x, y),
        ["equal"] = (x, y) => Chosen(Comparison.Equal, x, Round(x)),
        ["greater or equal"] = (x, y) => Chosen(Comparison.GreaterEqual, x, y),
        ["safe divide"] = (x, y) => x.Builder.Apply(new SafeDivide(0.7), x, y),
        ["two roundings"] = (x, y) => (x + y) - y,
    };

    public static TheoryData<string> Names => [.. _operations.Keys];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void OfTwoNumbers(string name) => BothExecutors.Same(
        Program.Trace((x, y) => _operations[name](x, y), new Shape(Count), new Shape(Count)), Precision.Float16, Halves(1), Halves(2));

    [Fact]
    public void MaxPooling()
    {
        // A NaN's sign and place aside: of several in a window libtorch names the last.
        double[] x = [.. Halves(3).Select(v => double.IsNaN(v) ? 1 : v)];
        BothExecutors.Same(
            Program.Trace(v => MaxPool2d(v, 2), new Shape(10, 10, 20, 50)), Precision.Float16, x);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("last")]
    [InlineData("average")]
    [InlineData("beta")]
    public void MaxPoolingsDerivative(string rule)
    {
        var ties = rule switch { "last" => TieRule.Last, "average" => TieRule.Average, _ => TieRule.Beta(1e4) };
        var pool = new MaxPool2d([2, 2], [2, 2], [0, 0], [1, 1]);
        double[] x = [.. Halves(4).Select(v => double.IsNaN(v) ? 1 : Math.Clamp(Math.Round(v), -1, 1))];
        var program = Program.Trace(
            (v, g) => v.Builder.Apply(new MaxPoolScatter(pool, ties), v, v.Builder.ApplyAll(pool, v)[1], g),
            new Shape(10, 10, 20, 50),
            new Shape(10, 10, 10, 25));
        BothExecutors.Same(program, Precision.Float16, x, Halves(5)[..25_000]);
    }

    private static Variable Chosen(Comparison comparison, Variable x, Variable y) =>
        x.Builder.Apply(new Select(), x.Builder.Apply(new Compare(comparison), x, y), x, y);

    // Half of them of any pattern, the rest of moderate size, where sums cancel and quotients meet midpoints.
    private static double[] Halves(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count).Select(i => (i % 4) switch
        {
            0 or 1 => (double)BitConverter.UInt16BitsToHalf((ushort)random.Next(1 << 16)),
            2 => (double)(Half)((random.NextDouble() - 0.5) * 4),
            _ => random.Next(-3, 4) * Math.ScaleB(1, random.Next(-24, 3)),
        })];
    }
}
