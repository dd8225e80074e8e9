using CsCheck;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers.Tests.Kernels;

public sealed class BiasCorrectionTests
{
    [Fact]
    public void Is_the_geometric_sum() =>
        Gen.Select(Gen.Double[0, 0.9999999], Gen.Int[1, 300]).Sample((decay, step) =>
        {
            // (1 − d)(1 + d + … + dᵗ⁻¹) has no cancellation.
            (double sum, double power) = (0, 1);
            for (int i = 0; i < step; i++)
            {
                sum += power;
                power *= decay;
            }

            double expected = (1 - decay) * sum;
            Assert.Equal(expected, BiasCorrection.Of(decay, step), 1e-13 * expected);
        });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 100)]
    [InlineData(1.525e-54, 6)]
    [InlineData(1.525e-54, 7)]
    [InlineData(0.9, 100_000)]
    public void Is_one_where_the_power_vanishes(double decay, long step) => Assert.Equal(1, BiasCorrection.Of(decay, step));

    [Fact]
    public void Keeps_its_digits_for_a_decay_next_to_one() =>
        Assert.Equal(1.1102230246251565e-16, BiasCorrection.Of(Math.BitDecrement(1.0), 1), 1e-30);
}
