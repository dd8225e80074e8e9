using CsCheck;

namespace Nonsmooth.Optimizers.Tests;

public sealed class SgdTests
{
    [Fact]
    public void Follows_the_textbook_lines() =>
        Gen.Select(Gen.Double[0, 0.99], Gen.Bool, Gen.Double[0, 0.5], Gen.Double[-2, 2].Array[1, 20]).Sample((momentum, nesterov, lambda, gradients) =>
        {
            var options = new SgdOptions { Momentum = momentum, Nesterov = nesterov && momentum > 0, WeightDecay = lambda };
            ReferenceOptimizer<double> optimizer = options.Reference<double>(1);
            double[] actual = [0.7];
            (double theta, double buffer) = (0.7, 0);
            for (int t = 0; t < gradients.Length; t++)
            {
                double d = gradients[t] + (lambda * theta);
                buffer = t == 0 ? d : (momentum * buffer) + d;
                theta -= 0.1 * (options.Nesterov ? d + (momentum * buffer) : buffer);
                optimizer.Step(actual, [gradients[t]], 0.1);
            }

            Assert.Equal(theta, actual[0], 1e-12);
        });

    [Fact]
    public void Without_momentum_it_keeps_no_state()
    {
        Assert.Empty(new SgdOptions { Momentum = 0 }.Reference<double>(3).States);
        Assert.Equal(["momentum_buffer"], new SgdOptions().Reference<double>(3).States.Keys);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.StartsWith("momentum is 1", Assert.Throws<NonsmoothException>(new SgdOptions { Momentum = 1 }.Validate).Message, StringComparison.Ordinal);
        Assert.StartsWith("weight-decay is -1", Assert.Throws<NonsmoothException>(new SgdOptions { WeightDecay = -1 }.Validate).Message, StringComparison.Ordinal);
        Assert.StartsWith("momentum is 0", Assert.Throws<NonsmoothException>(new SgdOptions { Momentum = 0, Nesterov = true }.Validate).Message, StringComparison.Ordinal);
    }
}
