using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Families;

public class PublishedBugTests
{
    private static readonly Program _objective = Program.Trace((x, w) => (Functions.Relu(x * w) * 1e-3).Sum(), new Shape(4), new Shape(4));

    private static readonly double[] _x = [1, 1, 1, 1];
    private static readonly double[] _w = [-1, 0, 0, 2];

    [Fact]
    public void At_a_kink_it_forgets_the_cotangent()
    {
        Assert.Equal([0, 1e-3, 1e-3, 1e-3], Run(Correct(1)), Close);
        Assert.Equal([0, 1, 1, 1e-3], Run(PublishedBug.Rewrite(Correct(1), 1)), Close);
        Assert.Equal([0, 0.5, 0.5, 1e-3], Run(PublishedBug.Rewrite(Correct(1), 0.5)), Close);
        Assert.Equal([0, 0, 0, 1e-3], Run(PublishedBug.Rewrite(Correct(0), 0)), Close);
    }

    [Fact]
    public void A_backprop_that_cannot_tell_kinks_is_refused() =>
        Assert.Throws<NonsmoothException>(() => PublishedBug.Rewrite(Correct(0), 1));

    [Fact]
    public void A_program_without_a_relu_is_refused() =>
        Assert.Throws<NonsmoothException>(() => PublishedBug.Rewrite(_objective, 1));

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-12;

    private static Program Correct(double atZero) => GradientRunner.Of(_objective, ["w"], Selection.Default with { ReluAtZero = atZero });

    private static double[] Run(Program gradient)
    {
        using var runner = new GradientRunner(gradient, Precision.Float64);
        using var subject = new FixedSubject(_objective, ["w"], _x, _w);
        return runner.Run(subject.Inputs(0, 0)).Tensors[0];
    }
}
