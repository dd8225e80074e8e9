using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class LexicographicVectorTests
{
    // Piecewise linear: x + ε₁·e₁ + ε₂·e₂ + … with ε falling fast lies inside one piece, whose Jacobian is the answer.
    [Fact]
    public void OfSeveralOutputsItIsTheJacobianOfOneNearPiece()
    {
        var program = Program.Trace(
            x => Concatenate(
                0,
                Relu(x.Slice(0, 0, 2) - x.Slice(0, 1, 3)),
                Abs(x.Slice(0, 0, 1) + Maximum(x.Slice(0, 1, 2), x.Slice(0, 2, 3))),
                Abs(x.Slice(0, 0, 1)) - Abs(x.Slice(0, 1, 2))),
            new Shape(3));
        var units = LexicographicDerivative.UnitVectors(program);
        foreach (var order in new int[][] { [0, 1, 2], [2, 0, 1], [1, 2, 0] })
        {
            var answer = LexicographicDerivative.At(program, [new double[3]], [.. order.Select(i => units[i])]);
            double[] near = new double[3];
            for (int i = 0; i < 3; i++)
            {
                near[order[i]] = Math.Pow(1e-3, i + 1);
            }

            var jacobian = program.Forprop(new ForpropOptions { KeepValues = false });
            for (int i = 0; i < 3; i++)
            {
                double[] column = new double[3];
                column[order[i]] = 1;
                Assert.Equal(((Tensor<double>)Interpreter.Run<Float64>(jacobian, near, column)[0]).Elements, answer.Derivatives[i].Single());
            }
        }
    }

    // Rows are not chosen one by one: relu(x) and relu(−x) at 0 are never both 1, and never both 0, along one direction.
    [Fact]
    public void AllOutputsTakeTheSamePiece()
    {
        var program = Program.Trace(x => Concatenate(0, Relu(x), Relu(Negate(x))), new Shape(1));
        foreach (double v in new[] { 1.0, -1 })
        {
            double[] row = LexicographicDerivative.At(program, [new double[1]], [[new[] { v }]]).Derivatives[0].Single();
            Assert.Equal([Math.Max(v, 0), Math.Max(-v, 0)], row);
        }
    }
}
