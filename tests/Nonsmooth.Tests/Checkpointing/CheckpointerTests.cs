using Nonsmooth.Checkpointing;

namespace Nonsmooth.Tests.Checkpointing;

public sealed class CheckpointerTests
{
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientsHaveTheSameBitsAndTheExtraWorkIsThatOfThePlan(bool convolutions)
    {
        int recomputing = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var program = RandomNetworks.Create(seed, convolutions, 3 + (seed % 8));
            var options = new BackpropOptions { KeepValues = seed % 3 != 0 };
            var plain = program.Backprop(options);
            var chain = SegmentChain.Of(program, options, seed % 5 == 0 ? 4 : 64);
            var inputs = RandomNetworks.Inputs(program, seed);
            foreach (var plan in Plans(chain, new Random(seed)))
            {
                var derived = Checkpointer.Apply(program, options, plan);
                Assert.Equal(plain.Count() + plan.Recomputed, derived.Count());
                Assert.Equal(plain.Outputs.Select(o => o.Name), derived.Outputs.Select(o => o.Name));
                Assert.Equal(derived.ToString(), derived.Prune().ToString());
                SameBits<Float32>(plain, derived, inputs);
                SameBits<Float16>(plain, derived, inputs);
                recomputing += plan.Recomputed.Total > 0 ? 1 : 0;
            }
        }

        Assert.True(recomputing > 100, $"{recomputing}");
    }

    [Fact]
    public void KeepingEverythingIsBackprop()
    {
        var program = RandomNetworks.Create(1, true, 5);
        var plan = CheckpointPlan.KeepAll(SegmentChain.Of(program, new BackpropOptions()));
        Assert.Equal(0, plan.Recomputed.Total);
        Assert.Equal(program.Backprop(new BackpropOptions()).ToString(), Checkpointer.Apply(program, new BackpropOptions(), plan).ToString());
    }

    [Fact]
    public void ASegmentIsRecomputedRightBeforeItsBackward()
    {
        var program = Chain(6);
        var options = new BackpropOptions();
        var chain = SegmentChain.Of(program, options);
        var derived = Checkpointer.Apply(program, options, CheckpointPlan.Revolve(chain, 3));
        var names = derived.Nodes.Select(n => n.Name).ToList();
        int first = names.FindIndex(n => n.StartsWith("recompute.", StringComparison.Ordinal));
        int last = names.FindLastIndex(n => n.StartsWith("recompute.", StringComparison.Ordinal));
        Assert.True(names.FindIndex(n => n.Contains(".vjp.", StringComparison.Ordinal)) < first);
        Assert.Contains(names.Skip(first).Take(last - first), n => n.Contains(".vjp.", StringComparison.Ordinal));
        Assert.True(last < names.FindLastIndex(n => n.Contains(".vjp.", StringComparison.Ordinal)));
    }

    [Fact]
    public void AResidualBlockIsOneSegment()
    {
        var program = Program.Trace(
            (x, w) =>
            {
                var y = Tanh(x);
                return Square(y + Relu(MatMul(Sin(y), w))).Sum();
            },
            new Shape(3, 3),
            new Shape(3, 3));
        var segments = SegmentChain.Of(program, new BackpropOptions()).Segments;
        Assert.Equal([1, 5, 6, 7], segments.Select(s => s.End));
    }

    [Fact]
    public void AMaskMadeOfConstantsDoesNotPreventCuts()
    {
        var program = Program.Trace(
            x =>
            {
                var mask = Exp(x.Builder.Apply(new Fill(new Shape(4), 0.5)));
                return (Sin(Sin(x * mask) * mask) * mask).Sum();
            },
            new Shape(4));
        Assert.Equal(6, SegmentChain.Of(program, new BackpropOptions()).Segments.Length);
    }

    [Fact]
    public void APlanForAnotherProgramIsRefused()
    {
        var plan = CheckpointPlan.KeepAll(SegmentChain.Of(Chain(3), new BackpropOptions()));
        Assert.Throws<NonsmoothException>(() => Checkpointer.Apply(Chain(4), new BackpropOptions(), plan));
        Assert.Throws<NonsmoothException>(() => Checkpointer.Apply(Chain(3), new BackpropOptions { KeepValues = false }, plan));
        Assert.Throws<NonsmoothException>(() => new CheckpointPlan(plan.Chain, plan.Actions.Skip(1)));
        Assert.Throws<NonsmoothException>(() => new CheckpointPlan(plan.Chain, plan.Actions.SkipLast(1)));
        Assert.Throws<NonsmoothException>(() => SegmentChain.Of(Chain(3), new BackpropOptions { Seeds = 2 }));
    }

    internal static Program Chain(int length) => Program.Trace(
        x =>
        {
            for (int i = 0; i < length; i++)
            {
                x = Sin(x);
            }

            return x.Sum();
        },
        new Shape(8));

    private static IEnumerable<CheckpointPlan> Plans(SegmentChain chain, Random random)
    {
        yield return CheckpointPlan.KeepAll(chain);
        yield return CheckpointPlan.Revolve(chain, 1);
        yield return CheckpointPlan.Revolve(chain, 3);
        for (int i = 0; i < 3; i++)
        {
            var stages = chain.Segments.Select(_ => new ChainStage(random.Next(1, 9), random.Next(0, 5), random.Next(0, 9))).ToList();
            var solved = new HeterogeneousChain(stages, 200);
            yield return new CheckpointPlan(chain, solved.Schedule(solved.LeastMemory!.Value + random.Next(0, 10)));
        }
    }

    private static void SameBits<TFormat>(Program expected, Program actual, double[][] inputs)
        where TFormat : struct, IFormat
    {
        var left = Interpreter.Run<TFormat>(expected, inputs);
        var right = Interpreter.Run<TFormat>(actual, inputs);
        for (int i = 0; i < left.Count; i++)
        {
            Assert.Equal(
                ((Tensor<double>)left[i]).Elements.Select(BitConverter.DoubleToInt64Bits),
                ((Tensor<double>)right[i]).Elements.Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
