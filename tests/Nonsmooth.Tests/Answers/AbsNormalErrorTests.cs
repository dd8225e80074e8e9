using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class AbsNormalErrorTests
{
    // Twice differentiable pieces: half the step, a quarter of the error. At and near kinks.
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.001, -0.002)]
    [InlineData(0.7, -0.4)]
    public void TheModelsErrorIsOfSecondOrder(double x, double y)
    {
        var program = Program.Trace(
            p => (Relu(Sin(p)) * Exp(p)).Sum() + Abs(p.Slice(0, 0, 1) - Square(p.Slice(0, 1, 2))).Sum() + (p * p).Max(), new Shape(2));
        var form = AbsNormalForm.Of(program, [new[] { x, y }]);
        double[][] directions = [[1, 0.5], [-0.3, 0.8], [0.6, -1]];
        foreach (double[] d in directions)
        {
            double Error(double t)
            {
                double value = ((Tensor<double>)Interpreter.Run<Float64>(program, new[] { x + (t * d[0]), y + (t * d[1]) })[0])[0];
                return Math.Abs(form.Evaluate([t * d[0], t * d[1]]).Outputs[0] - value);
            }

            double bound = new[] { 0.1, 0.05 }.Max(t => Error(t) / (t * t));
            foreach (double t in new[] { 0.025, 0.00625, 0.0015625 })
            {
                Assert.True(Error(t) <= ((4 * bound) + 1e-9) * t * t, $"{x}, {y}, t = {t}: {Error(t)} against {bound * t * t}");
            }
        }
    }
}
