using CsCheck;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests.Innaprop;

public sealed class PsiFormTests
{
    [Fact]
    public void Round_trips_in_float64() =>
        Gen.Select(Gen.Double[-3, 3], Gen.Double[-3, 3], Gen.Double[0, 4], Gen.Double[0.1, 4]).Sample((theta, velocity, alpha, beta) =>
        {
            double psi = PsiForm.FromVelocity(theta, velocity, alpha, beta);
            double slack = 1e-14 * (1 + Math.Abs(theta) + Math.Abs(velocity)) * (1 + (alpha * beta)) / Math.Min(1, beta);
            Assert.Equal(velocity, PsiForm.ToVelocity(theta, psi, alpha, beta), slack);
        });

    [Fact]
    public void Exports_the_psi_that_the_psi_form_keeps()
    {
        var options = InnapropOptions.Published with { WeightDecay = 0.1 };
        ReferenceOptimizer<double> velocity = options.Reference<double>(2);
        ReferenceOptimizer<double> psi = (options with { Form = InnapropForm.Psi }).Reference<double>(2);
        double[] a = [1, -2];
        double[] b = [1, -2];
        for (int i = 0; i < 10; i++)
        {
            velocity.Step(a, [0.5, i - 3], 0.01);
            psi.Step(b, [0.5, i - 3], 0.01);
        }

        for (int i = 0; i < 2; i++)
        {
            double exported = PsiForm.FromVelocity(a[i], velocity.States["velocity"][i], options.Alpha, options.Beta);
            Assert.Equal(psi.States["psi"][i], exported, 1e-13);
        }
    }

    [Fact]
    public void Converts_float32_states()
    {
        float[] theta = NativeTensor.Numbers(100, 1);
        float[] velocity = NativeTensor.Numbers(100, 2);
        var psi = new float[100];
        var back = new float[100];
        PsiForm.Export(theta, velocity, psi, 2, 0.25);
        PsiForm.Import(theta, psi, back, 2, 0.25);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(velocity[i], back[i], 1e-6f * (Math.Abs(velocity[i]) + Math.Abs(4 * theta[i])));
        }

        Assert.Throws<NonsmoothException>(() => PsiForm.Export(theta, velocity, psi.AsSpan(1), 2, 0.25));
    }
}
