using CsCheck;

namespace Nonsmooth.Optimizers.Tests.Innaprop;

public sealed class DampingViewTests
{
    [Fact]
    public void Options_and_view_are_inverse_to_each_other() =>
        Gen.Select(Gen.Double[1e-5, 0.1], Gen.Double[-0.9, 0.9999], Gen.Double[0.01, 5]).Sample(
            (eta, mu, kappa) =>
            {
                (InnapropOptions options, double rate) = new DampingView(eta, mu, kappa).ToOptions();
                DampingView back = DampingView.Of(options with { WeightDecay = 0 }, rate);
                Assert.Equal(eta, back.Eta, eta * 1e-14);
                Assert.Equal(mu, back.Mu, 1e-15);
                Assert.Equal(kappa, back.Kappa, kappa * 1e-14);
            },
            iter: 1_000);

    [Fact]
    public void Published_pairs_are_what_the_documentation_says()
    {
        DampingView slow = DampingView.Of(new InnapropOptions(), 1e-3);
        Assert.Equal((1e-2, 0.9999, 0.09), (slow.Eta, slow.Mu, Math.Round(slow.Kappa, 12)));
        Assert.Equal(10_000, slow.MemorySteps, 1e-6);
        Assert.Equal(2_223, slow.LargestCurvature, 1.0);
        DampingView fast = DampingView.Of(new InnapropOptions { Alpha = 2, Beta = 2 }, 1e-3);
        Assert.Equal((5e-4, 0.998, 4), (fast.Eta, fast.Mu, fast.Kappa));
        Assert.Equal(2e-3, fast.InstantStep, 1e-15);
        Assert.Equal(999, fast.LargestCurvature, 1.0);
    }

    [Fact]
    public void From_adamw_is_at_adamws_edge_of_stability() =>
        Assert.Equal(38_000, DampingView.FromAdamW(1e-3).LargestCurvature, 1e-6);

    [Fact]
    public void The_largest_curvature_divides_what_converges_from_what_does_not() =>
        Gen.Select(Gen.Double[1e-3, 0.1], Gen.Double[0, 0.95], Gen.Double[0.05, 4]).Sample(
            (eta, mu, kappa) =>
            {
                var view = new DampingView(eta, mu, kappa);
                Assert.True(Radius(view, 0.99 * view.LargestCurvature) < 1);
                Assert.True(Radius(view, 1.01 * view.LargestCurvature) > 1);
            },
            iter: 1_000);

    [Fact]
    public void Impossible_views_are_named()
    {
        Refused("eta is 0", () => new DampingView(0, 0.9, 0.1).ToOptions());
        Refused("mu is 1", () => new DampingView(1, 1, 0.1).ToOptions());
        Refused("kappa is 0", () => new DampingView(1, 0.9, 0).ToOptions());
        Refused("alpha is 0", () => DampingView.Of(new InnapropOptions { Alpha = 0 }, 1));
        Refused("alpha times rate is 2", () => DampingView.Of(new InnapropOptions { Alpha = 2 }, 1));
    }

    /// <summary>The largest eigenvalue's size of a step of velocity and weight along curvature h.</summary>
    private static double Radius(DampingView view, double h)
    {
        (InnapropOptions o, double rate) = view.ToOptions();
        double trace = 2 - (o.Alpha * rate) - (rate * o.Beta * h);
        double determinant = 1 - (o.Alpha * rate) - (rate * o.Beta * h) + (rate * rate * h);
        double discriminant = (trace * trace / 4) - determinant;
        return discriminant < 0
            ? Math.Sqrt(determinant)
            : Math.Abs(trace / 2) + Math.Sqrt(discriminant);
    }

    private static void Refused(string part, Action action) =>
        Assert.StartsWith(part, Assert.Throws<NonsmoothException>(action).Message, StringComparison.Ordinal);
}
