using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution.Kernels;

/// <summary>Weights of tied elements, medians and running maxima: the interpreter's bits, NaN and zeros of both signs included.</summary>
public sealed class TieKernelTests
{
    private static readonly Shape _block = new(3, 5, 4);

    public static TheoryData<string, Precision> Cases
    {
        get
        {
            var data = new TheoryData<string, Precision>();
            foreach (string rule in _rules.Keys)
            {
                foreach (var precision in Enum.GetValues<Precision>())
                {
                    data.Add(rule, precision);
                }
            }

            return data;
        }
    }

    public static TheoryData<string, Precision> WideCases
    {
        get
        {
            var data = new TheoryData<string, Precision>();
            foreach (string rule in _rules.Keys)
            {
                data.Add(rule, Precision.Float32);
                data.Add(rule, Precision.Float64);
            }

            return data;
        }
    }

    private static readonly Dictionary<string, TieRule> _rules = new()
    {
        ["first"] = TieRule.First,
        ["last"] = TieRule.Last,
        ["average"] = TieRule.Average,
        ["beta"] = TieRule.Beta(-2.7),
        ["own"] = TieRule.Custom("rank", (count, rank) => (rank + 1.0) / count),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void WeightsOverAnyAxes(string rule, Precision precision)
    {
        foreach (IntVector axes in (IntVector[])[[0], [1], [2], [0, 2], [1, 2], [0, 1, 2]])
        {
            foreach (bool special in (bool[])[false, true])
            {
                var program = Program.Trace(
                    x => x.Builder.Apply(
                        new TieWeights(axes, _rules[rule]), x, x.Builder.Apply(new ReduceExtremum(axes, true, true), x)),
                    _block);
                BothExecutors.Same(program, precision, BothExecutors.Tying(60, axes.Count, special));
            }
        }
    }

    [Fact]
    public void ACrowdOfTiesAsksTheRuleItself()
    {
        var rule = TieRule.Custom("rank", (count, rank) => (rank + 1.0) / count);
        var program = Program.Trace(
            x => x.Builder.Apply(new TieWeights([1], rule), x, x.Builder.Apply(new ReduceExtremum([1], true, true), x)), new Shape(2, 700));
        BothExecutors.Same(program, Precision.Float32, Enumerable.Range(0, 1400).Select(i => i % 50 == 3 ? -1.0 : 0.0).ToArray());
    }

    // 16-bit formats round a recurrence once, the interpreter at every step: AgreementTests compares them.
    [Theory]
    [MemberData(nameof(WideCases))]
    public void RunningMaximaInWideFormats(string rule, Precision precision)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            foreach (bool special in (bool[])[false, true])
            {
                var tangent = Program.Trace((t, x) => t.Builder.Apply(new CumulativeMaximumTangent(axis, _rules[rule]), t, x), _block, _block);
                var cotangent = Program.Trace((g, x) => g.Builder.Apply(new CumulativeMaximumCotangent(axis, _rules[rule]), g, x), _block, _block);
                double[] direction = BothExecutors.Tying(60, 7, special);
                double[] x = BothExecutors.Tying(60, axis, special);
                BothExecutors.Same(tangent, precision, direction, x);
                BothExecutors.Same(cotangent, precision, direction, x);
            }
        }
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.BFloat16)]
    public void MediansAndWhereTheyStand(Precision precision)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            foreach (bool special in (bool[])[false, true])
            {
                // The index is made a real by gathering positions with it.
                var program = Program.Trace(
                    (x, positions) =>
                    {
                        var (value, index) = x.Median(axis);
                        var place = Functions.Gather(positions, index.Reshape(Reduced(axis)), axis);
                        return value + place.Reshape(value.Shape);
                    },
                    _block,
                    _block);
                double[] positions = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
                BothExecutors.Same(program, precision, BothExecutors.Tying(60, axis, special), positions);
            }
        }
    }

    private static Shape Reduced(int axis) => _block.With(axis, 1);
}
